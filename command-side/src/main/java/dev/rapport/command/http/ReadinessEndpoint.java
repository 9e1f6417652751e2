package dev.rapport.command.http;

import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.http.RequestFacts.MalformedParameter;
import dev.rapport.command.relationship.Readiness;
import dev.rapport.command.relationship.Readiness.Judged;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Clock;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Readiness over HTTP. A query, and yet on this side: it is the judgement of an upgrade, by the same rules on the same state, and no read
 * model could promise that.
 */
final class ReadinessEndpoint {

    private static final Set<String> SEE_ALL = Set.of("ROLE_HEAD_OF_RELATIONSHIPS", "ROLE_AUDITOR", "ROLE_REPORTER");
    private static final String SEES_OWN = "ROLE_RELATIONSHIP_MANAGER";

    private final ObjectProvider<Readiness> readiness;
    private final CommandProblems problems;
    private final Clock clock;

    ReadinessEndpoint(ObjectProvider<Readiness> readiness, CommandProblems problems, Clock clock) {
        this.readiness = readiness;
        this.problems = problems;
        this.clock = clock;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET(CommandRoutes.BASE + "/relationships/{relationshipId}/readiness", this::get)
                .onError(Throwable.class, problems::answer)
                .build();
    }

    private ServerResponse get(ServerRequest request) {
        Predicate<String> mayAsk = mayAsk(request);
        RequestFacts facts = RequestFacts.of(request);
        facts.requireConsistencyTokenIfAny();
        Level to = level(facts);
        RelationshipId id = new RelationshipId(String.valueOf(facts.path().get("relationshipId")));
        Judged judged = readiness
                .getObject()
                .ask(id, to, clock.instant(), mayAsk)
                .orElseThrow(() -> new Refusal(Reason.NOT_FOUND, "there is no relationship " + id));
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(judged);
    }

    private static @Nullable Level level(RequestFacts facts) {
        return facts.onlyParameter("to")
                .map(to -> switch (to) {
                    case "ADDED_VALUE" -> Level.ADDED_VALUE;
                    case "JOINT_VALUE" -> Level.JOINT_VALUE;
                    default -> throw new MalformedParameter("to", "must be ADDED_VALUE or JOINT_VALUE");
                })
                .orElse(null);
    }

    private static Predicate<String> mayAsk(ServerRequest request) {
        Authentication caller = RequestFacts.of(request).authentication();
        Set<String> roles = caller.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        if (roles.stream().anyMatch(SEE_ALL::contains)) {
            return _ -> true;
        }
        if (roles.contains(SEES_OWN)) {
            return manager -> manager.equals(caller.getName());
        }
        throw new Refusal(Reason.NOT_ALLOWED, "your role does not see relationships");
    }
}
