package dev.rapport.query.http;

import dev.rapport.query.http.QueryRefused.Fault;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.util.UriUtils;

/** Reads a {@link FromQuery} record from the request, and refuses it with every fault that it has. */
final class QueryParameters implements HandlerMethodArgumentResolver {

    /** The most characters that a text has. */
    static final int LONGEST = 1_000;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,18}");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(FromQuery.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        var request = (HttpServletRequest) webRequest.getNativeRequest();
        return new Reading(request, parameter.getParameterType()).read();
    }

    /** The parameters of a request, which is refused when they cannot be read. */
    static Map<String, String[]> given(HttpServletRequest request) {
        try {
            return request.getParameterMap();
        } catch (IllegalStateException undecodable) {
            throw QueryRefused.malformed("query string", "is not UTF-8 in percent encoding", undecodable);
        }
    }

    private static final class Reading {

        private final String path;
        private final Map<String, String[]> given;
        private final Class<?> type;
        private final List<Fault> faults = new ArrayList<>();

        Reading(HttpServletRequest request, Class<?> type) {
            this.path = UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8);
            this.given = given(request);
            this.type = type;
        }

        Object read() {
            refuseUnknown();
            RecordComponent[] components = type.getRecordComponents();
            @Nullable
            Object[] values = Arrays.stream(components).map(this::value).toArray();
            if (!faults.isEmpty()) {
                throw QueryRefused.malformed(faults);
            }
            try {
                Class<?>[] types =
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
                var constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return constructor.newInstance(values);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(type + " is not a record of parameters", impossible);
            }
        }

        private void refuseUnknown() {
            List<String> known = Arrays.stream(type.getRecordComponents())
                    .flatMap(Reading::names)
                    .toList();
            for (String name : new TreeSet<>(given.keySet())) {
                if (!known.contains(name)) {
                    faults.add(new Fault(
                            name, "is not a parameter of this query; these are: " + String.join(", ", known)));
                }
            }
        }

        private static Stream<String> names(RecordComponent component) {
            return component.getType() == PageRequest.class
                    ? Stream.of(PageRequest.LIMIT, PageRequest.CURSOR)
                    : Stream.of(component.getName());
        }

        private @Nullable Object value(RecordComponent component) {
            if (component.getType() == PageRequest.class) {
                return page();
            }
            String name = component.getName();
            if (component.getType() == List.class) {
                Type element = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
                return Stream.of(given.getOrDefault(name, new String[0]))
                        .map(text -> converted(name, text, (Class<?>) element))
                        .toList();
            }
            String text = only(name);
            return text == null ? null : converted(name, text, component.getType());
        }

        private @Nullable String only(String name) {
            String[] values = given.get(name);
            if (values == null) {
                return null;
            }
            if (values.length > 1) {
                faults.add(new Fault(name, "is given more than once"));
                return null;
            }
            return values[0];
        }

        private @Nullable Object converted(String name, String text, Class<?> type) {
            if (type == String.class) {
                return text(name, text);
            }
            if (type == Boolean.class) {
                return choice(name, text, List.of(true, false));
            }
            if (type == Instant.class) {
                return orFault(
                        Moments.instant(text),
                        name,
                        "is not an RFC 3339 time with offset, such as 2026-03-01T09:30:00Z, nor a date (a + is written"
                                + " %2B)");
            }
            if (type == LocalDate.class) {
                return orFault(Moments.date(text), name, "is not a date such as 2026-03-01");
            }
            if (type == Long.class) {
                return orFault(wholeNumber(text), name, "is not a whole number, such as 12");
            }
            if (type == Double.class) {
                return orFault(fraction(text), name, "is not a number from 0 to 1, such as 0.5");
            }
            return choice(name, text, List.of(type.getEnumConstants()));
        }

        private static Optional<Long> wholeNumber(String text) {
            return WHOLE_NUMBER.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
        }

        private static Optional<Double> fraction(String text) {
            try {
                return Optional.of(new BigDecimal(text))
                        .filter(number -> number.signum() >= 0 && number.compareTo(BigDecimal.ONE) <= 0)
                        .map(BigDecimal::doubleValue);
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }

        private @Nullable String text(String name, String text) {
            if (text.length() > LONGEST) {
                faults.add(new Fault(name, "is longer than " + LONGEST + " characters"));
                return null;
            }
            return text;
        }

        private @Nullable Object choice(String name, String text, List<?> choices) {
            Optional<?> chosen = choices.stream()
                    .filter(choice -> spelling(choice).equals(text))
                    .findFirst();
            String spellings = choices.stream().map(Reading::spelling).collect(Collectors.joining(", "));
            return orFault(chosen, name, "is none of: " + spellings);
        }

        private static String spelling(Object choice) {
            return choice instanceof Spelled spelled ? spelled.spelling() : choice.toString();
        }

        private @Nullable Object orFault(Optional<?> value, String name, String detail) {
            if (value.isEmpty()) {
                faults.add(new Fault(name, detail));
                return null;
            }
            return value.get();
        }

        private @Nullable PageRequest page() {
            Integer limit = limit(only(PageRequest.LIMIT));
            String cursor = only(PageRequest.CURSOR);
            if (limit == null) {
                return null;
            }
            Optional<PageRequest> page = PageRequest.of(limit, cursor, query());
            if (page.isEmpty()) {
                faults.add(new Fault(PageRequest.CURSOR, "is not one that this query handed out"));
            }
            return page.orElse(null);
        }

        private @Nullable Integer limit(@Nullable String text) {
            if (text == null) {
                return PageRequest.USUAL;
            }
            try {
                int limit = Integer.parseInt(text);
                if (limit >= 1 && limit <= PageRequest.MOST) {
                    return limit;
                }
            } catch (NumberFormatException notANumber) {
                // told below, as for a number out of bounds
            }
            faults.add(new Fault(PageRequest.LIMIT, "is not a number from 1 to " + PageRequest.MOST));
            return null;
        }

        private PageRequest.Query query() {
            List<PageRequest.Query.Parameter> parameters = new ArrayList<>();
            given.forEach((name, values) -> {
                if (!name.equals(PageRequest.LIMIT) && !name.equals(PageRequest.CURSOR)) {
                    Stream.of(values)
                            .map(value -> new PageRequest.Query.Parameter(name, value))
                            .forEach(parameters::add);
                }
            });
            return new PageRequest.Query(path, parameters);
        }
    }
}
