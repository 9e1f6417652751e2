package dev.rapport.command.http;

import dev.rapport.command.http.CommandRoutes.Route;
import dev.rapport.events.ConsistencyToken;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Describes every command's operation in the OpenAPI document, from the routes and the commands themselves. */
final class CommandOperations implements GlobalOpenApiCustomizer {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    /** Every problem that any command can answer; which of them it does depends on its rules. */
    private static final List<Integer> PROBLEMS = List.of(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 503);

    @Override
    public void customise(OpenAPI document) {
        Components components = document.getComponents();
        components.addSchemas("CommandAnswer", answer());
        CommandRoutes.ALL.forEach(route -> {
            components.addSchemas(
                    route.command().getSimpleName(), CommandSchema.body(route.command(), variables(route)));
            String path = CommandRoutes.BASE + route.path();
            PathItem item = document.getPaths().computeIfAbsent(path, _ -> new PathItem());
            item.setPost(operation(route));
        });
        PathItem imports = new PathItem();
        imports.setPost(imports());
        document.getPaths().addPathItem(CommandRoutes.BASE + "/imports", imports);
        PathItem readiness = new PathItem();
        readiness.setGet(readiness());
        document.getPaths().addPathItem(CommandRoutes.BASE + "/relationships/{relationshipId}/readiness", readiness);
        components.addSchemas("Readiness", readinessSchema());
    }

    private static Operation operation(Route route) {
        String name = route.command().getSimpleName();
        Operation operation = new Operation()
                .operationId(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
                .summary(words(name))
                .description("Gives the command `" + name
                        + "`. Repeatable with an `Idempotency-Key`; conditional with `If-Match`.")
                .addTagsItem("commands")
                .requestBody(new RequestBody().required(true).content(content("application/json", reference(name))));
        variables(route).forEach(variable -> operation.addParametersItem(pathParameter(variable)));
        operation.addParametersItem(header(
                RequestFacts.IDEMPOTENCY_KEY,
                "Makes the request repeatable: the same key with the same request takes effect once."));
        operation.addParametersItem(
                header("If-Match", "The only version, as an entity tag, that the command may be decided on."));
        ApiResponses responses = new ApiResponses();
        responses.addApiResponse(
                "201",
                new ApiResponse()
                        .description("The command took effect.")
                        .content(content("application/json", reference("CommandAnswer")))
                        .addHeaderObject("Location", headerObject("Where what the command made or dealt with is."))
                        .addHeaderObject("ETag", headerObject("The version after the command."))
                        .addHeaderObject(
                                ConsistencyToken.HEADER,
                                headerObject("Send it with a query that is to have seen the command."))
                        .addHeaderObject(
                                CommandProblems.REPLAYED,
                                headerObject("`true` when the request was answered before.")));
        return operation.responses(withProblems(responses));
    }

    private static Operation imports() {
        ApiResponses responses = new ApiResponses();
        responses.addApiResponse(
                "200",
                new ApiResponse()
                        .description("What became of each line, and of all at the end.")
                        .content(content("application/x-ndjson", typed("string"))));
        return new Operation()
                .operationId("importCommands")
                .summary("Import commands")
                .description("Takes a command a line, in order and at any length, and answers a line a command while it"
                        + " reads. A line that took effect before, in any import, is not given again.")
                .addTagsItem("commands")
                .requestBody(new RequestBody().required(true).content(content("application/x-ndjson", typed("string"))))
                .responses(withProblems(responses));
    }

    private static Operation readiness() {
        ApiResponses responses = new ApiResponses();
        responses.addApiResponse(
                "200",
                new ApiResponse()
                        .description("How each criterion is judged now.")
                        .content(content("application/json", reference("Readiness"))));
        Schema<Object> levels = typed("string");
        List.of("ADDED_VALUE", "JOINT_VALUE").forEach(levels::addEnumItemObject);
        return new Operation()
                .operationId("readiness")
                .summary("Ask for readiness")
                .description("The judgement that an upgrade would make now, as a question.")
                .addTagsItem("relationships")
                .addParametersItem(pathParameter("relationshipId"))
                .addParametersItem(new Parameter()
                        .in("query")
                        .name("to")
                        .description("The level asked about; the next one up, if left out.")
                        .schema(levels))
                .responses(withProblems(responses));
    }

    private static Schema<?> answer() {
        Schema<Object> answer = typed("object");
        answer.addProperty("id", typed("string").description("Of what the command made or dealt with."));
        answer.addProperty("relationshipId", typed("string"));
        answer.addProperty("version", typed("integer").format("int64").description("The version after the command."));
        answer.setRequired(List.of("id", "version"));
        return answer;
    }

    private static Schema<?> readinessSchema() {
        Schema<Object> criterion = typed("object");
        criterion.addProperty("criterion", typed("string"));
        criterion.addProperty("met", typed("boolean"));
        criterion.addProperty("detail", typed("string"));
        criterion.setRequired(List.of("criterion", "met", "detail"));
        Schema<Object> readiness = typed("object");
        readiness.addProperty("to", typed("string"));
        readiness.addProperty("ready", typed("boolean"));
        readiness.addProperty("criteria", typed("array").items(criterion));
        readiness.setRequired(List.of("to", "ready", "criteria"));
        return readiness;
    }

    private static ApiResponses withProblems(ApiResponses responses) {
        PROBLEMS.forEach(status -> responses.addApiResponse(
                status.toString(), new ApiResponse().$ref("#/components/responses/Problem" + status)));
        return responses;
    }

    private static Set<String> variables(Route route) {
        Set<String> variables = new LinkedHashSet<>();
        Matcher matcher = VARIABLE.matcher(route.path());
        while (matcher.find()) {
            variables.add(matcher.group(1));
        }
        return variables;
    }

    private static Parameter pathParameter(String name) {
        return new Parameter()
                .in("path")
                .name(name)
                .required(true)
                .schema(typed("string").pattern(CommandSchema.ID_PATTERN));
    }

    private static Parameter header(String name, String description) {
        return new Parameter().in("header").name(name).description(description).schema(typed("string"));
    }

    private static Header headerObject(String description) {
        return new Header().description(description).schema(typed("string"));
    }

    private static Content content(String type, Schema<?> schema) {
        return new Content().addMediaType(type, new MediaType().schema(schema));
    }

    private static Schema<?> reference(String schema) {
        return new JsonSchema().$ref(SCHEMAS + schema);
    }

    private static Schema<Object> typed(String type) {
        Schema<Object> schema = new JsonSchema();
        schema.addType(type);
        return schema;
    }

    private static String words(String camelCase) {
        String spaced = camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
