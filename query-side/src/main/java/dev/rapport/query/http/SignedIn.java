package dev.rapport.query.http;

import dev.rapport.events.problem.Problem;
import dev.rapport.query.access.Viewer;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who asks, whatever their roles are; who has not signed in is refused. */
final class SignedIn {

    /** @param what is asked, as the refusal calls it */
    static Viewer whoAsks(String what) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || authentication instanceof AnonymousAuthenticationToken) {
            throw QueryRefused.because(Problem.UNAUTHENTICATED, "The " + what + " needs to know who asks.");
        }
        return Viewer.of(authentication);
    }

    private SignedIn() {}
}
