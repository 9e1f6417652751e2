package dev.rapport.query.http;

import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Lets every query that answers a list or a report as JSON answer it in the other forms too, so that no controller has to think of it. */
final class QueryMappings extends RequestMappingHandlerMapping {

    private static final String QUERIES = "dev.rapport.query.";

    /** Whether a handler is one of our queries. */
    static boolean isQuery(HandlerMethod method) {
        return isQuery(method.getBeanType());
    }

    private static boolean isQuery(Class<?> controller) {
        return controller.getPackageName().startsWith(QUERIES);
    }

    @Override
    protected @Nullable RequestMappingInfo getMappingForMethod(Method method, Class<?> controller) {
        RequestMappingInfo mapping = super.getMappingForMethod(method, controller);
        if (mapping == null || !isQuery(controller) || !answersJsonOnly(mapping)) {
            return mapping;
        }
        String[] forms = Representation.of(method).stream()
                .map(Representation::offered)
                .map(MediaType::toString)
                .toArray(String[]::new);
        return forms.length == 0 ? mapping : mapping.mutate().produces(forms).build();
    }

    /** A controller that says more than that has thought of it. */
    private static boolean answersJsonOnly(RequestMappingInfo mapping) {
        return mapping.getProducesCondition().getProducibleMediaTypes().equals(Set.of(MediaType.APPLICATION_JSON));
    }
}
