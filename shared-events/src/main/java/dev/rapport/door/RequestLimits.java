package dev.rapport.door;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps each caller within the limits: so many requests a second, and so many at once, which is also what slow bodies run into. */
final class RequestLimits extends OncePerRequestFilter {

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
    private static final int MOST_CALLERS = 100_000;

    private record Allowance(Bucket requests, Semaphore atOnce) {}

    private final Refusals refusals;
    private final LoadingCache<String, Allowance> allowances;

    RequestLimits(LimitProperties limits, Refusals refusals) {
        this.refusals = refusals;
        this.allowances = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build(_ -> new Allowance(
                        Bucket.builder()
                                .addLimit(limit -> limit.capacity(limits.burst())
                                        .refillGreedy(limits.requestsPerSecond(), Duration.ofSeconds(1)))
                                .build(),
                        new Semaphore(limits.atOnce())));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Principal caller = request.getUserPrincipal();
        if (caller == null) {
            chain.doFilter(request, response); // gets no further than the open pages, which cost nothing
            return;
        }
        Allowance allowance = allowances.get(caller.getName());
        ConsumptionProbe probe = allowance.requests.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            refusals.slowDown(
                    "You ask more often than one caller may.",
                    Duration.ofNanos(probe.getNanosToWaitForRefill()),
                    request,
                    response);
        } else if (!allowance.atOnce.tryAcquire()) {
            refusals.slowDown(
                    "You have as many requests under way as one caller may.", Duration.ofSeconds(1), request, response);
        } else {
            try {
                chain.doFilter(request, response);
            } finally {
                allowance.atOnce.release();
            }
        }
    }
}
