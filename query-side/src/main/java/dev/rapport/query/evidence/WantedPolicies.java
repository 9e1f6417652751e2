package dev.rapport.query.evidence;

import dev.rapport.events.policy.TrustPolicies;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.query.http.QueryRefused;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The policy that a query asks for by name, or the one in force. */
@Component
public class WantedPolicies {

    private final TrustPolicies policies;

    WantedPolicies(TrustPolicies policies) {
        this.policies = policies;
    }

    /** The model of the policy of a name, which is refused when there is none; that of the one in force without a name. */
    public TrustModel model(@Nullable String name) {
        return name == null
                ? policies.usual()
                : policies.named(name)
                        .orElseThrow(() -> QueryRefused.malformed(List.of(new QueryRefused.Fault(
                                "policy", "is none of: " + String.join(", ", policies.names())))));
    }
}
