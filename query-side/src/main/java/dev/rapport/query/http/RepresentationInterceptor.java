package dev.rapport.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Chooses the form that a query is answered in, and answers itself what is told as a whole. */
final class RepresentationInterceptor implements HandlerInterceptor {

    private final ObjectProvider<Exports> exports;

    RepresentationInterceptor(ObjectProvider<Exports> exports) {
        this.exports = exports;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        if (!(handler instanceof HandlerMethod query) || !QueryMappings.isQuery(query)) {
            return true;
        }
        Collection<MediaType> offered = offered(request);
        if (offered.isEmpty()) {
            return true;
        }
        List<Representation> forms = Representation.of(query.getMethod());
        if (!forms.isEmpty()) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        }
        MediaType chosen = Negotiation.choose(accepted(request), offered)
                .orElseThrow(() -> new HttpMediaTypeNotAcceptableException(List.copyOf(offered)));
        request.setAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, Set.of(chosen));
        if (forms.isEmpty()) {
            return true;
        }
        Representation form = Representation.of(chosen);
        if (form == Representation.JSON
                && Representation.returnedBy(query.getMethod()).toClass() == Page.class) {
            return true;
        }
        exports.getObject().answer(request, response, query, form);
        return false;
    }

    /** What the mapping offers, in its order, of what may be accepted. */
    @SuppressWarnings("unchecked") // the attribute's documentation says what it is
    private static Collection<MediaType> offered(HttpServletRequest request) {
        return Optional.ofNullable(
                        (Collection<MediaType>) request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE))
                .orElse(List.of());
    }

    private static List<MediaType> accepted(HttpServletRequest request) {
        return MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
    }
}
