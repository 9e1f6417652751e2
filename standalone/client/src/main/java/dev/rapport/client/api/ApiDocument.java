package dev.rapport.client.api;

import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document of the Rapport that this client was built with. */
public final class ApiDocument {

    private static final String BASE = "/api/v1";
    private static final String CSV = "text/csv";

    private final Json document;
    private final Map<String, CommandForm> commands = new LinkedHashMap<>();
    private final List<ExportableList> lists = new ArrayList<>();

    private ApiDocument(Json document) {
        this.document = document;
        document.get("paths").fields().forEach((path, operations) -> {
            String below = path.startsWith(BASE) ? path.substring(BASE.length()) : path;
            command(operations.get("post")).ifPresent(form -> commands.put(form.name(), form));
            list(below, operations.get("get")).ifPresent(lists::add);
        });
    }

    /** Reads the document that is in the program. */
    public static ApiDocument own() {
        try (InputStream document = ApiDocument.class.getResourceAsStream("openapi.json")) {
            if (document == null) {
                throw new IllegalStateException("the build left the OpenAPI document out");
            }
            return new ApiDocument(Json.read(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJson e) {
            throw new IllegalStateException("the OpenAPI document is no JSON: " + e.where(), e);
        }
    }

    /** The form of a command, by the name that an import line gives it. */
    public Optional<CommandForm> command(String name) {
        return Optional.ofNullable(commands.get(name));
    }

    /** The names of all commands, in the order of the alphabet. */
    public Set<String> commands() {
        return new TreeSet<>(commands.keySet());
    }

    /** Everything that can be exported. */
    public List<ExportableList> lists() {
        return List.copyOf(lists);
    }

    /** A command's body refers to a schema of the command's name, and the ids of the path are fields of an import line. */
    private Optional<CommandForm> command(Json operation) {
        Json schema = operation
                .get("requestBody")
                .get("content")
                .get("application/json")
                .get("schema")
                .get("$ref");
        boolean isCommand = operation.get("tags").items().stream()
                .anyMatch(tag -> tag.text().equals("commands"));
        if (!isCommand || schema.isMissing()) {
            return Optional.empty();
        }
        Map<String, Json> ids = new LinkedHashMap<>();
        operation.get("parameters").items().stream()
                .filter(parameter -> parameter.get("in").text().equals("path"))
                .forEach(parameter -> ids.put(parameter.get("name").text(), parameter.get("schema")));
        String id = operation.get("operationId").text();
        return Optional.of(new CommandForm(
                id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1), ids, resolved(schema.text()), this));
    }

    private static Optional<ExportableList> list(String path, Json operation) {
        Map<String, Json> forms =
                operation.get("responses").get("200").get("content").fields();
        if (!forms.containsKey(CSV)) {
            return Optional.empty();
        }
        List<String> filters = operation.get("parameters").items().stream()
                .filter(parameter -> parameter.get("in").text().equals("query"))
                .map(parameter -> parameter.get("name").text())
                .filter(name -> !name.equals("limit") && !name.equals("cursor"))
                .toList();
        return Optional.of(
                new ExportableList(path.substring(1), operation.get("summary").text(), filters, forms.keySet()));
    }

    /** What a schema is, when it only names another one. */
    Json followed(Json schema) {
        return schema.get("$ref").isThere() ? resolved(schema.get("$ref").text()) : schema;
    }

    private Json resolved(String reference) {
        Json found = document;
        for (String step : reference.replaceFirst("^#/", "").split("/", -1)) {
            found = found.get(step);
        }
        if (found.isMissing()) {
            throw new IllegalStateException("the OpenAPI document refers to " + reference + ", which it does not have");
        }
        return found;
    }
}
