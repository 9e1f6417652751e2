package dev.rapport.query.http;

import dev.rapport.events.problem.Problem;
import dev.rapport.query.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands a query its {@link Viewer}; who has no role that sees business data gets no further. */
final class ViewerOfRequest implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Viewer.class;
    }

    @Override
    public Viewer resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Viewer viewer = SignedIn.whoAsks("query");
        if (!viewer.seesBusiness()) {
            throw QueryRefused.because(Problem.FORBIDDEN, "None of your roles may read this.");
        }
        return viewer;
    }
}
