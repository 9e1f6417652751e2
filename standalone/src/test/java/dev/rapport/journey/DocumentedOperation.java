package dev.rapport.journey;

import dev.rapport.events.access.Operation;
import dev.rapport.events.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operation as docs/openapi.json describes it, so that one which is added is tried like all others.
 *
 * @param path with variables in braces
 * @param body the fields that a body may have; none where it takes no JSON
 */
record DocumentedOperation(
        String id, String method, String path, List<Parameter> parameters, boolean takesJson, List<String> body) {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private static final Map<Role, String> USERS = Map.of(
            Role.RELATIONSHIP_MANAGER, "manager1",
            Role.HEAD_OF_RELATIONSHIPS, "head",
            Role.AUDITOR, "auditor",
            Role.REPORTER, "reporter",
            Role.OPERATOR, "operator");

    /**
     * A parameter.
     *
     * @param in {@code path}, {@code query} or {@code header}
     * @param isText whether any text is one of its values
     */
    record Parameter(String in, String name, boolean isText) {}

    static List<DocumentedOperation> all() throws IOException {
        JsonNode document = JsonMapper.shared().readTree(Files.readString(Path.of("..", "docs", "openapi.json")));
        List<DocumentedOperation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(of(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                operation.getValue(),
                                document))));
        return operations;
    }

    private static DocumentedOperation of(String method, String path, JsonNode operation, JsonNode document) {
        List<Parameter> parameters = new ArrayList<>();
        operation.path("parameters").forEach(told -> {
            JsonNode parameter = resolved(told, document);
            JsonNode schema = parameter.path("schema");
            parameters.add(new Parameter(
                    parameter.path("in").asString(),
                    parameter.path("name").asString(),
                    schema.path("type").asString("").equals("string")
                            && !schema.has("format")
                            && !schema.has("enum")
                            && !schema.has("pattern")));
        });
        JsonNode json = operation.path("requestBody").path("content").path("application/json");
        List<String> fields = new ArrayList<>();
        resolved(json.path("schema"), document)
                .path("properties")
                .propertyNames()
                .forEach(fields::add);
        return new DocumentedOperation(
                operation.path("operationId").asString(), method, path, parameters, !json.isMissingNode(), fields);
    }

    private static JsonNode resolved(JsonNode node, JsonNode document) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    List<Parameter> in(String place) {
        return parameters.stream()
                .filter(parameter -> parameter.in.equals(place))
                .toList();
    }

    /** The path with something in the place of each variable. */
    String path(UnaryOperator<String> ofVariable) {
        return VARIABLE.matcher(path)
                .replaceAll(variable -> Matcher.quoteReplacement(ofVariable.apply(variable.group(1))));
    }

    List<String> variables() {
        return VARIABLE.matcher(path)
                .results()
                .map(variable -> variable.group(1))
                .toList();
    }

    /** Somebody who may. */
    String user() {
        return Arrays.stream(Operation.values())
                .filter(operation -> operation.id().equals(id))
                .flatMap(operation -> operation.roles().stream())
                .sorted()
                .map(USERS::get)
                .findFirst()
                .orElseThrow();
    }

    /** Whether it is one of the commands, which an import takes too. */
    boolean isCommand() {
        return method.equals("POST") && in("header").stream().anyMatch(header -> header.name.equals("Idempotency-Key"));
    }

    @Override
    public String toString() {
        return id;
    }
}
