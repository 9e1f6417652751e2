package dev.rapport.query.http;

import dev.rapport.events.problem.Problem;
import dev.rapport.query.http.QueryRefused.Fault;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads a {@link FromBody} record from the request, strictly, and refuses it with every fault that it has. */
public final class JsonBodies implements HandlerMethodArgumentResolver {

    private static final int LARGEST = 64 * 1024;
    private static final int LONGEST_TEXT = 2_000;
    private static final int MOST_TEXTS = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(FromBody.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders)
            throws HttpMediaTypeNotSupportedException {
        var request = (HttpServletRequest) webRequest.getNativeRequest();
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(LARGEST + 1);
        } catch (IOException brokenOff) {
            throw QueryRefused.malformed("body", "broke off, or came too slowly to be waited for", brokenOff);
        }
        if (body.length > LARGEST) {
            throw QueryRefused.because(Problem.CONTENT_TOO_LARGE, "The body has more than " + LARGEST + " bytes.");
        }
        requireUnpacked(request);
        String type = request.getContentType();
        if (body.length > 0 && (type == null || !isJson(type))) {
            throw new HttpMediaTypeNotSupportedException("not JSON");
        }
        return record(object(body), parameter.getParameterType());
    }

    /** Refuses a body that comes in a content coding: nothing here unpacks any, so that none can unfold into more than was sent. */
    public static void requireUnpacked(HttpServletRequest request) {
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
            throw QueryRefused.because(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, not packed: leave out Content-Encoding.");
        }
    }

    private static boolean isJson(String type) {
        try {
            return MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(type));
        } catch (RuntimeException noType) {
            return false;
        }
    }

    private static JsonNode object(byte[] body) {
        if (body.length == 0) {
            return MAPPER.createObjectNode();
        }
        try {
            JsonNode read = MAPPER.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException malformed) {
            throw QueryRefused.malformed("body", "is not JSON", malformed);
        }
        throw QueryRefused.malformed(List.of(new Fault("body", "is not a JSON object")));
    }

    private static Object record(JsonNode body, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<Fault> faults = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (RecordComponent component : components) {
            known.add(component.getName());
        }
        body.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name ->
                        faults.add(new Fault("body", "has an unknown field; known are " + String.join(", ", known))));
        @Nullable Object[] values = new Object[components.length];
        for (int at = 0; at < components.length; at++) {
            values[at] = value(components[at], body.get(components[at].getName()), faults);
        }
        if (!faults.isEmpty()) {
            throw QueryRefused.malformed(faults);
        }
        try {
            Class<?>[] types = new Class<?>[components.length];
            for (int at = 0; at < types.length; at++) {
                types[at] = components[at].getType();
            }
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " is not a record of fields", impossible);
        }
    }

    private static @Nullable Object value(RecordComponent component, @Nullable JsonNode given, List<Fault> faults) {
        String name = component.getName();
        boolean mayBeAbsent = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (given == null || given.isNull()) {
            if (!mayBeAbsent) {
                faults.add(new Fault(name, "is required"));
            }
            return null;
        }
        if (component.getType() == Boolean.class) {
            if (given.isBoolean()) {
                return given.booleanValue();
            }
            faults.add(new Fault(name, "is neither true nor false"));
            return null;
        }
        if (component.getType() == List.class) {
            return texts(name, given, faults);
        }
        if (component.getType() != String.class) {
            throw new IllegalStateException("nothing says how a " + component.getType() + " is read from a body");
        }
        if (!given.isString() || given.stringValue().isBlank()) {
            faults.add(new Fault(name, "is not a text"));
        } else if (given.stringValue().length() > LONGEST_TEXT) {
            faults.add(new Fault(name, "is longer than " + LONGEST_TEXT + " characters"));
        } else {
            return given.stringValue();
        }
        return null;
    }

    private static List<String> texts(String name, JsonNode given, List<Fault> faults) {
        List<String> texts = new ArrayList<>();
        if (!given.isArray() || given.size() > MOST_TEXTS) {
            faults.add(new Fault(name, "is not a list of texts, " + MOST_TEXTS + " at most"));
            return texts;
        }
        for (JsonNode element : given) {
            if (element.isString() && element.stringValue().length() <= LONGEST_TEXT) {
                texts.add(element.stringValue());
            } else {
                faults.add(new Fault(name, "has an element that is not a text"));
            }
        }
        return texts;
    }
}
