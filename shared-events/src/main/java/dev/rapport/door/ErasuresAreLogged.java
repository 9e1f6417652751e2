package dev.rapport.door;

import dev.rapport.door.SecurityLog.Kind;
import dev.rapport.events.access.Operation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has every erasure that is asked for logged, with what came of it. */
final class ErasuresAreLogged extends OncePerRequestFilter {

    private final SecurityLog log;

    ErasuresAreLogged(SecurityLog log) {
        this.log = log;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // by the table that opens the operation, which knows the path in all its spellings
        return Operations.asked(request)
                .filter(Operation.ERASE_PERSONAL_DATA::equals)
                .isEmpty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String outcome = "broken off";
        try {
            chain.doFilter(request, response);
            outcome = "answered " + response.getStatus();
        } finally {
            log.write(Kind.ERASURE_ASKED, outcome, request);
        }
    }
}
