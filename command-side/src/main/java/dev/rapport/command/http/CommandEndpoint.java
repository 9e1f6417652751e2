package dev.rapport.command.http;

import dev.rapport.command.Caller;
import dev.rapport.command.Circumstances;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.Answer.Refused;
import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.dispatch.ReceiptKey;
import dev.rapport.command.http.CommandRoutes.Route;
import dev.rapport.command.intake.CommandIntake;
import dev.rapport.command.intake.CommandIntake.Taken;
import dev.rapport.events.ConsistencyToken;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/** The one way from a request to its answer for all commands: body, path, identity, condition, key, decision, answer. */
public final class CommandEndpoint {

    private final CommandIntake intake;
    private final CommandDispatcher dispatcher;
    private final CommandProblems problems;

    CommandEndpoint(CommandIntake intake, CommandDispatcher dispatcher, CommandProblems problems) {
        this.intake = intake;
        this.dispatcher = dispatcher;
        this.problems = problems;
    }

    RouterFunction<ServerResponse> routes() {
        RouterFunctions.Builder routes = RouterFunctions.route();
        CommandRoutes.ALL.forEach(
                route -> routes.POST(CommandRoutes.BASE + route.path(), request -> post(route, request)));
        return routes.onError(Throwable.class, problems::answer).build();
    }

    private ServerResponse post(Route route, ServerRequest request) {
        RequestFacts facts = RequestFacts.of(request);
        Caller caller = facts.caller();
        Taken taken = intake.takeIn(route.command(), facts.jsonBody(), facts.path());
        Circumstances circumstances =
                new Circumstances(caller, taken.occurredAt(), taken.receivedAt(), facts.expectedVersion(), false);
        String key = facts.idempotencyKey();
        ReceiptKey receipt = key == null ? null : ReceiptKey.ofCaller(caller.subject(), key, taken.fingerprint());
        return answer(route, request, taken.command(), dispatcher.dispatch(taken.command(), circumstances, receipt));
    }

    private ServerResponse answer(Route route, ServerRequest request, DomainCommand command, Given given) {
        return switch (given.answer()) {
            case Accepted accepted -> created(route, request, command, accepted, given.replayed());
            case Refused refused -> problems.refused(refused, request, given.replayed());
        };
    }

    private static ServerResponse created(
            Route route, ServerRequest request, DomainCommand command, Accepted accepted, boolean replayed) {
        ServerResponse.BodyBuilder answer = ServerResponse.created(location(route, request, accepted))
                .contentType(MediaType.APPLICATION_JSON)
                .eTag("\"" + accepted.version() + "\"")
                .header(ConsistencyToken.HEADER, new ConsistencyToken(accepted.stream(), accepted.version()).encode());
        return (replayed ? answer.header(CommandProblems.REPLAYED, "true") : answer)
                .body(CommandAnswer.to(command, accepted));
    }

    private static URI location(Route route, ServerRequest request, Accepted accepted) {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>(request.pathVariables());
        variables.put("id", accepted.id());
        return UriComponentsBuilder.fromPath(CommandRoutes.BASE + route.subjectPath())
                .encode()
                .buildAndExpand(variables)
                .toUri();
    }
}
