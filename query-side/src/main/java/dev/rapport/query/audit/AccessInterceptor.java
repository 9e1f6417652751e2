package dev.rapport.query.audit;

import dev.rapport.events.problem.Problem;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.Ids;
import dev.rapport.query.http.QueryRefused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Stands between the audit area and whoever reads in it: the first byte of an answer goes out only after it was recorded who gets it. When it
 * cannot be recorded, there is no answer but 503. It goes by the path, so that nothing in the area has to think of it.
 */
final class AccessInterceptor extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(AccessInterceptor.class);
    private static final String RELATIONSHIP_ID = "relationshipId";

    private final AccessTable accesses;
    private final Clock clock;

    AccessInterceptor(AccessTable accesses, Clock clock) {
        this.accesses = accesses;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        var answer = new Answer(request, response, Viewer.of(authentication));
        try {
            chain.doFilter(request, answer);
        } catch (ServletException | IOException | RuntimeException failure) {
            if (answer.endsRecordedAs(HttpServletResponse.SC_INTERNAL_SERVER_ERROR)) {
                throw failure;
            }
            LOG.error("The answer that could not be recorded would have been a failure", failure);
            return;
        }
        answer.endsRecordedAs(answer.getStatus());
    }

    /** An answer that is held back until it is recorded. */
    private final class Answer extends HttpServletResponseWrapper {

        private final HttpServletRequest request;
        private final Viewer viewer;
        private boolean recorded;
        private boolean refused;

        Answer(HttpServletRequest request, HttpServletResponse response, Viewer viewer) {
            super(response);
            this.request = request;
            this.viewer = viewer;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            record();
            return super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            record();
            return super.getWriter();
        }

        @Override
        public void flushBuffer() throws IOException {
            record();
            super.flushBuffer();
        }

        @Override
        public void sendError(int status) throws IOException {
            record(status);
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            record(status);
            super.sendError(status, message);
        }

        @Override
        public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
            record(status);
            super.sendRedirect(location, status, clearBuffer);
        }

        private void record() {
            record(getStatus());
        }

        /** Once; what is told instead of an answer that could not be recorded tells nothing. */
        private void record(int status) {
            if (recorded || refused) {
                return;
            }
            try {
                accesses.add(access(status));
                recorded = true;
            } catch (RuntimeException away) {
                LOG.error("Nothing of the audit area is told, since it cannot be recorded who reads it", away);
                refused = true;
                reset();
                throw QueryRefused.because(
                        Problem.UNAVAILABLE, "It could not be recorded that you read this, so it is not told.");
            }
        }

        /**
         * Records an answer that has no body, or will get one from outside. Whatever was refused for want of a record is 503, also where a
         * refusal was to be told and its teller gave up.
         */
        boolean endsRecordedAs(int status) throws IOException {
            try {
                record(status);
            } catch (QueryRefused unrecorded) {
                LOG.debug("Told as 503", unrecorded);
            }
            if (refused && !isCommitted() && getStatus() != HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                super.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
            return recorded;
        }

        private Access access(int status) {
            return new Access(
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    viewer.subject(),
                    viewer.roles().stream().sorted().toList(),
                    request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method
                            ? method.getMethod().getName()
                            : null,
                    request.getMethod(),
                    request.getRequestURI(),
                    request.getQueryString(),
                    relationshipId(),
                    status);
        }

        private @Nullable String relationshipId() {
            return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                            && variables.get(RELATIONSHIP_ID) instanceof String id
                    ? Ids.of(id).orElse(null)
                    : null;
        }
    }
}
