package dev.rapport.query.http;

import dev.rapport.events.access.Role;
import dev.rapport.events.problem.Problem;
import dev.rapport.query.access.Operator;
import dev.rapport.query.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands an operation its {@link Operator}; who is none gets no further. */
final class OperatorOfRequest implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Operator.class;
    }

    @Override
    public Operator resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Viewer viewer = SignedIn.whoAsks("operation");
        if (!viewer.roles().contains(Role.OPERATOR)) {
            throw QueryRefused.because(Problem.FORBIDDEN, "Only operators may do this.");
        }
        return new Operator(viewer.subject());
    }
}
