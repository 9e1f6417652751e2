package dev.rapport.command.http;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.http.CommandRoutes.Route;
import dev.rapport.command.relationship.Readiness;
import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.StakeholderId;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Describes the operations of this side in the OpenAPI document: every command from its route and its record, imports and readiness. The
 * problems that they refer to are described by whoever puts the sides together, as responses named {@code Problem<status>}.
 */
final class CommandOperations implements GlobalOpenApiCustomizer {

    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final String READINESS = "/relationships/{relationshipId}/readiness";
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    /** Also a command that names nothing but what it makes can meet a taken id, and a key in flight. */
    private static final List<Integer> PROBLEMS_OF_EVERY_COMMAND = List.of(400, 401, 403, 409, 413, 415, 422, 500, 503);

    @Override
    public void customise(OpenAPI document) {
        Components components = document.getComponents();
        CommandSchema schemas = new CommandSchema(components);
        components.addParameters(RequestFacts.IDEMPOTENCY_KEY, idempotencyKey());
        components.addParameters("If-Match", ifMatch());
        CommandRoutes.ALL.forEach(route -> {
            Class<? extends DomainCommand> command = route.command();
            Class<? extends Record> answer = CommandAnswer.typeFor(command);
            components.addSchemas(command.getSimpleName(), schemas.body(command, variables(route.path())));
            components.addSchemas(answer.getSimpleName(), schemas.answer(answer));
            at(document, route.path()).setPost(operation(route));
        });
        at(document, "/imports").setPost(imports());
        components.addSchemas("Readiness", schemas.answer(Readiness.Judged.class));
        at(document, READINESS).setGet(readiness());
        ErasureOperations.describe(document, schemas);
    }

    static PathItem at(OpenAPI document, String path) {
        return document.getPaths().computeIfAbsent(CommandRoutes.BASE + path, _ -> new PathItem());
    }

    private static Operation operation(Route route) {
        String name = route.command().getSimpleName();
        boolean onWhatThereIs = !variables(route.path()).isEmpty();
        Operation operation = new Operation()
                .operationId(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
                .summary(words(name))
                .description(Objects.requireNonNull(route.command().getAnnotation(JsonClassDescription.class), name)
                        .value())
                .addTagsItem("commands")
                .requestBody(new RequestBody()
                        .required(true)
                        .content(content(JSON, new MediaType().schema(CommandSchema.named(name)))));
        parametersOfPath(route.path(), operation);
        operation.addParametersItem(new Parameter().$ref(RequestFacts.IDEMPOTENCY_KEY));
        if (onWhatThereIs) {
            operation.addParametersItem(new Parameter().$ref("If-Match"));
        }
        SortedSet<Integer> problems = new TreeSet<>(PROBLEMS_OF_EVERY_COMMAND);
        if (onWhatThereIs) {
            problems.addAll(List.of(404, 412));
        }
        if (namesAStakeholder(route.command())) {
            problems.add(404);
        }
        ApiResponses responses = new ApiResponses().addApiResponse("201", accepted(route));
        return operation.responses(withProblems(responses, problems));
    }

    private static ApiResponse accepted(Route route) {
        Schema<?> answer =
                CommandSchema.named(CommandAnswer.typeFor(route.command()).getSimpleName());
        return new ApiResponse()
                .description("The command took effect.")
                .content(content(JSON, new MediaType().schema(answer)))
                .addHeaderObject("Location", header("Where what the command made or dealt with is."))
                .addHeaderObject("ETag", header("The version after the command, as an entity tag."))
                .addHeaderObject(
                        ConsistencyToken.HEADER, header("Send it with a query that is to have seen the command."))
                .addHeaderObject(
                        CommandProblems.REPLAYED,
                        header("`true` when the request was answered before; it did nothing now."));
    }

    private static boolean namesAStakeholder(Class<? extends DomainCommand> command) {
        return Arrays.stream(command.getRecordComponents())
                .anyMatch(component -> component.getType() == StakeholderId.class
                        && !component.getName().equals("id"));
    }

    private static Parameter idempotencyKey() {
        return new Parameter()
                .in("header")
                .name(RequestFacts.IDEMPOTENCY_KEY)
                .description("Makes the request repeatable: the same key with the same request takes effect once and"
                        + " is answered as the first time, for 7 days. A quoted string of 1-255 visible ASCII"
                        + " characters; the quotes may be left out.")
                .schema(CommandSchema.typed("string").example("\"7f2c\""));
    }

    private static Parameter ifMatch() {
        return new Parameter()
                .in("header")
                .name("If-Match")
                .description("The only version that the command may be decided on: the `ETag` of an answer before.")
                .schema(CommandSchema.typed("string").example("\"7\""));
    }

    private static Operation imports() {
        MediaType commands =
                new MediaType().schema(CommandSchema.typed("string")).addExamples("commands", new Example().value("""
                    {"command": "LogInteraction", "relationshipId": "skerrow", "channel": "CALL", "summary": "They are late."}
                    {"command": "FulfilCommitment", "relationshipId": "skerrow", "commitmentId": "c-12"}
                    """));
        MediaType answers =
                new MediaType().schema(CommandSchema.typed("string")).addExamples("answers", new Example().value("""
                    {"line":1,"status":201,"id":"0199a2c4-7d1e-7c3a-9f52-3a1f0c9b7e11"}
                    {"line":2,"status":409,"problem":{"type":"/problems/ended-already","title":"It has ended already","status":409}}
                    {"lines":2,"accepted":1,"repeated":0,"refused":1}
                    """));
        ApiResponses responses = new ApiResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description("What became of each line, as a line: 201 and an id, 200 when it took"
                                        + " effect before, or the problem. The last line sums up.")
                                .content(content(NDJSON, answers)));
        return new Operation()
                .operationId("importCommands")
                .summary("Import commands")
                .description("Takes a command a line, in order and at any length, and answers while it reads. A line"
                        + " is the body of a command with the command's name and the ids that its path would name. A"
                        + " line that is refused stops nothing; one that took effect before, in any import, is not"
                        + " given again.")
                .addTagsItem("commands")
                .requestBody(new RequestBody().required(true).content(content(NDJSON, commands)))
                .responses(withProblems(responses, List.of(401, 403, 415, 500, 503)));
    }

    private static Operation readiness() {
        Schema<Object> levels = CommandSchema.typed("string");
        List.of(Level.ADDED_VALUE, Level.JOINT_VALUE).forEach(level -> levels.addEnumItemObject(level.name()));
        ApiResponses responses = new ApiResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description("How each criterion is judged now.")
                                .content(content(JSON, new MediaType().schema(CommandSchema.named("Readiness")))));
        Operation operation = new Operation()
                .operationId("showReadiness")
                .summary("Ask whether a relationship is ready for a level")
                .description("The judgement that an upgrade would make now, as a question.")
                .addTagsItem("queries");
        parametersOfPath(READINESS, operation);
        return operation
                .addParametersItem(new Parameter()
                        .in("query")
                        .name("to")
                        .description("The level asked about; the next one up, if left out.")
                        .schema(levels))
                .addParametersItem(new Parameter().$ref(ConsistencyToken.HEADER))
                .responses(withProblems(responses, List.of(400, 401, 403, 404, 500, 503)));
    }

    static ApiResponses withProblems(ApiResponses responses, Iterable<Integer> problems) {
        problems.forEach(
                status -> responses.addApiResponse(status.toString(), new ApiResponse().$ref("Problem" + status)));
        return responses;
    }

    private static List<String> variables(String path) {
        return VARIABLE.matcher(path)
                .results()
                .map(MatchResult::group)
                .map(braced -> braced.substring(1, braced.length() - 1))
                .toList();
    }

    private static void parametersOfPath(String path, Operation operation) {
        variables(path)
                .forEach(variable -> operation.addParametersItem(new Parameter()
                        .in("path")
                        .name(variable)
                        .required(true)
                        .description("The id of the "
                                + words(variable.replaceFirst("Id$", "")).toLowerCase(Locale.ROOT) + ".")
                        .schema(CommandSchema.identifier())));
    }

    static Header header(String description) {
        return new Header().description(description).schema(CommandSchema.typed("string"));
    }

    static Content content(String type, MediaType described) {
        return new Content().addMediaType(type, described);
    }

    private static String words(String camelCase) {
        String spaced = camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
