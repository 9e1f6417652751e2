package dev.rapport.query.consistency;

import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.problem.Problem;
import dev.rapport.query.http.QueryRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a query that carries a consistency token wait until the read models have seen the write that it stands for. */
final class ConsistencyInterceptor implements HandlerInterceptor {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String QUERIES = "dev.rapport.query.";

    private final ConsistencyGate gate;

    ConsistencyInterceptor(ConsistencyGate gate) {
        this.gate = gate;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        String header = request.getHeader(ConsistencyToken.HEADER);
        if (header != null && isQuery(handler)) {
            await(ConsistencyToken.decode(header)
                    .orElseThrow(() -> QueryRefused.malformed(List.of(new QueryRefused.Fault(
                            ConsistencyToken.HEADER, "is not a token that a command answered with")))));
        }
        return true;
    }

    private void await(ConsistencyToken token) throws InterruptedException {
        if (!gate.await(token, PATIENCE)) {
            throw QueryRefused.because(
                    Problem.NOT_YET_CONSISTENT,
                    "The read models have not seen version " + token.version() + " of " + token.stream() + " yet.");
        }
    }

    private static boolean isQuery(Object handler) {
        return handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(QUERIES);
    }
}
