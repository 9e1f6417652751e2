package dev.rapport.query.audit;

import dev.rapport.events.problem.Problem;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.QueryRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets only auditors into the audit area, whatever there is in it. */
final class AuditorInterceptor implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !Viewer.of(authentication).audits()) {
            throw QueryRefused.because(Problem.FORBIDDEN, "Only auditors may read this.");
        }
        return true;
    }
}
