package dev.rapport.http;

import dev.rapport.http.SecurityLog.Kind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has every erasure that is asked for logged, with what came of it. */
final class ErasuresAreLogged extends OncePerRequestFilter {

    private static final String ERASURES = "/api/v1/operations/erasures";

    private final SecurityLog log;

    ErasuresAreLogged(SecurityLog log) {
        this.log = log;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || !request.getRequestURI().equals(ERASURES);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        log.write(Kind.ERASURE_ASKED, "answered " + response.getStatus(), request);
    }
}
