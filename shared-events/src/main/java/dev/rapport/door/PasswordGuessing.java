package dev.rapport.door;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rapport.door.SecurityLog.Kind;
import dev.rapport.events.problem.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Slows down whoever guesses passwords. Each guess costs us a slow hash, so an address that guessed wrong too often is not heard again until
 * some time has passed, whatever it sends.
 */
final class PasswordGuessing extends OncePerRequestFilter {

    private static final int WRONG_GUESSES = 30;
    private static final int FORGIVEN_PER_MINUTE = 30;
    private static final int MOST_ADDRESSES = 100_000;

    private final Refusals refusals;
    private final LoadingCache<String, Bucket> guesses = Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterAccess(Duration.ofHours(1))
            .build(_ -> Bucket.builder()
                    .addLimit(limit ->
                            limit.capacity(WRONG_GUESSES).refillGreedy(FORGIVEN_PER_MINUTE, Duration.ofMinutes(1)))
                    .build());

    PasswordGuessing(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        EstimationProbe left = guesses.get(request.getRemoteAddr()).estimateAbilityToConsume(1);
        if (left.canBeConsumed() || request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
            chain.doFilter(request, response);
        } else {
            refusals.slowDown(
                    "Too many wrong passwords came from your address.",
                    Duration.ofNanos(left.getNanosToWaitForRefill()),
                    request,
                    response);
        }
    }

    /** Answers a wrong name or password. */
    void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException wrong)
            throws IOException {
        guesses.get(request.getRemoteAddr()).tryConsume(1);
        challenge(response);
        refusals.logged(
                Kind.SIGN_IN_REFUSED, Problem.UNAUTHENTICATED, "The name or the password is wrong.", request, response);
    }

    /** Answers who has not said who it is. */
    void askToSignIn(HttpServletRequest request, HttpServletResponse response, AuthenticationException unknown)
            throws IOException {
        challenge(response);
        refusals.write(Problem.UNAUTHENTICATED, "sign in with a name and a password", request, response);
    }

    private static void challenge(HttpServletResponse response) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Rapport\", charset=\"UTF-8\"");
    }
}
