package dev.rapport.door;

import dev.rapport.events.problem.Problem;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The OpenAPI document without its operations, which each side adds: what the API is, how to sign in, and every problem that a call can
 * answer, from the catalogue of problems.
 */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

    private static final String PROBLEM = "Problem";
    private static final String SIGN_IN = "basic";

    @Bean
    OpenAPI document() {
        var components = new Components()
                .addSecuritySchemes(
                        SIGN_IN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("basic")
                                .description("A local user's name and password."));
        return new OpenAPI()
                .info(new Info()
                        .title("Rapport")
                        .version("1")
                        .description("Keeps the history of an organization's relationships with the parties that its"
                                + " results depend on, and tells how they stand. Commands are posted and change"
                                + " something; queries tell what came of it. A command answers with a"
                                + " `Consistency-Token`: a query that carries it has seen the command. Times are RFC"
                                + " 3339 with an offset, answered in UTC; errors are RFC 9457 problems, whose types are"
                                + " pages that explain them.")
                        .contact(new Contact().name("The maintainers of Rapport"))
                        .license(new License().name("Apache License 2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("The server that this document came from.")))
                .addTagsItem(new Tag()
                        .name("commands")
                        .description("Change something. Each takes effect once for an `Idempotency-Key`, or is refused"
                                + " with a problem."))
                .addTagsItem(new Tag().name("queries").description("Tell how things stand, and how they came to it."))
                .addTagsItem(new Tag()
                        .name("audit")
                        .description("Tell what was known and true at any time, and prove that nothing was altered."
                                + " Who reads here is recorded."))
                .addTagsItem(new Tag()
                        .name("operations")
                        .description("Run Rapport: how it is doing, rebuilds, dead letters, webhooks, erasures. No"
                                + " business data."))
                .addSecurityItem(new SecurityRequirement().addList(SIGN_IN))
                .components(components);
    }

    /** Describes the problems that the sides' operations refer to. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    GlobalOpenApiCustomizer problems() {
        return document -> {
            document.getComponents()
                    .addSchemas(PROBLEM, problem())
                    .addSchemas("Fault", fault())
                    .addSchemas("UnmetCriterion", unmetCriterion());
            Set<String> referredTo = document.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .flatMap(operation -> operation.getResponses().values().stream())
                    .map(ApiResponse::get$ref)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            Arrays.stream(Problem.values())
                    .collect(Collectors.groupingBy(Problem::status))
                    .forEach((status, problems) -> {
                        String name = PROBLEM + status;
                        if (referredTo.contains("#/components/responses/" + name)) {
                            document.getComponents().addResponses(name, response(status, problems));
                        }
                    });
        };
    }

    private static ApiResponse response(int status, List<Problem> problems) {
        var described = new MediaType().schema(reference(PROBLEM));
        problems.forEach(problem -> described.addExamples(problem.slug(), example(problem)));
        var response = new ApiResponse()
                .description(problems.stream()
                        .map(problem ->
                                "**" + problem.title() + "** (`" + problem.type() + "`). " + problem.explanation())
                        .collect(Collectors.joining("\n\n")))
                .content(new Content().addMediaType("application/problem+json", described));
        headers(status).forEach(response::addHeaderObject);
        return response;
    }

    private static Map<String, Header> headers(int status) {
        return switch (status) {
            case 401 -> Map.of("WWW-Authenticate", header("How to sign in."));
            case 404, 422 -> Map.of("Idempotency-Replayed", replayed());
            case 409 -> Map.of("Idempotency-Replayed", replayed(), "Retry-After", retryAfter());
            case 429, 503 -> Map.of("Retry-After", retryAfter());
            default -> Map.of();
        };
    }

    private static Header replayed() {
        return header("`true` when a command was refused before under the same key, and in the same words.");
    }

    private static Header retryAfter() {
        return header("Seconds after which trying again makes sense.");
    }

    private static Header header(String description) {
        return new Header().description(description).schema(text());
    }

    private static Example example(Problem problem) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("type", problem.type());
        value.put("title", problem.title());
        value.put("status", problem.status());
        return new Example().summary(problem.title()).value(value);
    }

    private static Schema<?> problem() {
        return object(
                List.of("type", "title", "status"),
                Map.of(
                        "type",
                        text().format("uri-reference")
                                .description("What kind of problem it is: the path of a page that explains it."),
                        "title",
                        text().description("The kind of problem in words."),
                        "status",
                        typed("integer").format("int32").description("The HTTP status."),
                        "detail",
                        text().description("What happened this time."),
                        "instance",
                        text().format("uri-reference").description("The path that was asked."),
                        "errors",
                        typed("array").items(reference("Fault")).description("Everything that is malformed."),
                        "unmet",
                        typed("array")
                                .items(reference("UnmetCriterion"))
                                .description("Every criterion that a relationship does not meet.")));
    }

    private static Schema<?> fault() {
        Schema<?> fault = object(
                List.of("detail"),
                Map.of(
                        "pointer",
                        text().description("The field of the body, as a JSON Pointer; empty for the whole body."),
                        "parameter",
                        text().description("The parameter, by its name."),
                        "header",
                        text().description("The header, by its name."),
                        "detail",
                        text().description("What is wrong with it.")));
        return fault.description("What is malformed in a request: a field, a parameter or a header.");
    }

    private static Schema<?> unmetCriterion() {
        return object(
                List.of("criterion", "detail"),
                Map.of(
                        "criterion",
                        text().description("The rule's name, such as no-commitment-is-overdue."),
                        "detail",
                        text().description("What is missing.")));
    }

    private static Schema<?> object(List<String> required, Map<String, Schema<?>> properties) {
        Schema<Object> object = typed("object");
        properties.forEach(object::addProperty);
        object.setRequired(required);
        return object;
    }

    private static Schema<?> reference(String schema) {
        return new JsonSchema().$ref("#/components/schemas/" + schema);
    }

    private static Schema<Object> text() {
        return typed("string");
    }

    private static Schema<Object> typed(String type) {
        Schema<Object> schema = new JsonSchema();
        schema.addType(type);
        return schema;
    }
}
