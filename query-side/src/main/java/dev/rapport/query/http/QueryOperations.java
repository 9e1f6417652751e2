package dev.rapport.query.http;

import dev.rapport.events.ConsistencyToken;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Describes every query's operation in the OpenAPI document, from its controller's method: its name and {@code @Operation}, its path, its
 * {@link FromQuery} record, and the type that it returns. The problems that they refer to are described by whoever puts the sides together,
 * as responses named {@code Problem<status>}.
 */
final class QueryOperations implements GlobalOpenApiCustomizer {

    private static final String BASE = "/api/v1/";
    private static final String QUERIES = "queries";

    /** The areas of the API with a tag of their own: what is below the path of the same name. */
    private static final Set<String> AREAS = Set.of("audit", "operations");

    private static final List<Integer> PROBLEMS_OF_EVERY_QUERY = List.of(400, 401, 403, 406, 500, 503);

    private final RequestMappingHandlerMapping mappings;

    QueryOperations(RequestMappingHandlerMapping mappings) {
        this.mappings = mappings;
    }

    @Override
    public void customise(OpenAPI document) {
        var schemas = new ViewSchemas(document.getComponents());
        document.getComponents().addParameters(ConsistencyToken.HEADER, consistencyToken());
        mappings.getHandlerMethods().entrySet().stream()
                .sorted(Comparator.comparing(entry -> tellsOnAndOn(entry.getKey())))
                .forEach(entry -> entry.getKey().getPatternValues().stream()
                        .filter(path -> path.startsWith(BASE) && isOurs(entry.getValue()))
                        .forEach(path -> describe(
                                document.getPaths().computeIfAbsent(path, _ -> new PathItem()),
                                new Description(path, entry.getKey(), entry.getValue(), schemas))));
    }

    /** What is told at once and what is told on and on are one operation, in two forms. */
    private static void describe(PathItem path, Description description) {
        PathItem.HttpMethod verb = verb(description.mapping);
        Operation told = path.readOperationsMap().get(verb);
        if (told != null && tellsOnAndOn(description.mapping)) {
            Objects.requireNonNull(told.getResponses().get(description.status()))
                    .getContent()
                    .putAll(description.content());
        } else {
            path.operation(verb, description.operation());
        }
    }

    private static boolean tellsOnAndOn(RequestMappingInfo mapping) {
        return mapping.getProducesCondition().getProducibleMediaTypes().contains(MediaType.TEXT_EVENT_STREAM);
    }

    private static boolean isOurs(HandlerMethod method) {
        return method.getBeanType().getPackageName().startsWith("dev.rapport.query");
    }

    private static PathItem.HttpMethod verb(RequestMappingInfo mapping) {
        RequestMethod verb =
                mapping.getMethodsCondition().getMethods().stream().findFirst().orElse(RequestMethod.GET);
        return PathItem.HttpMethod.valueOf(verb.name());
    }

    private static Parameter consistencyToken() {
        return new Parameter()
                .in("header")
                .name(ConsistencyToken.HEADER)
                .description("The token that a command answered with: the query waits up to 2 s until what it asks has"
                        + " seen that command, else answers 503.")
                .schema(ViewSchemas.typed("string"));
    }

    /** One query, as it is described. */
    private record Description(String path, RequestMappingInfo mapping, HandlerMethod method, ViewSchemas schemas) {

        Operation operation() {
            var said = method.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
            String summary = said == null || said.summary().isEmpty() ? words(name()) : said.summary();
            String more = said == null ? "" : said.description();
            var operation = new Operation()
                    .operationId(name())
                    .summary(summary)
                    .description(more.isEmpty() ? summary + "." : more)
                    .addTagsItem(tag());
            Stream.concat(pathVariables(), queryParameters()).forEach(operation::addParametersItem);
            operation.addParametersItem(new Parameter().$ref(ConsistencyToken.HEADER));
            body().ifPresent(operation::requestBody);
            var responses = new ApiResponses().addApiResponse(status(), answer());
            problems()
                    .forEach(status ->
                            responses.addApiResponse(status.toString(), new ApiResponse().$ref("Problem" + status)));
            return operation.responses(responses);
        }

        String status() {
            ResponseStatus said = method.getMethodAnnotation(ResponseStatus.class);
            return String.valueOf((said == null ? HttpStatus.OK : said.value()).value());
        }

        private Optional<RequestBody> body() {
            return Arrays.stream(method.getMethodParameters())
                    .filter(parameter -> parameter.hasParameterAnnotation(FromBody.class))
                    .map(parameter -> new RequestBody()
                            .required(Arrays.stream(parameter.getParameterType().getRecordComponents())
                                    .anyMatch(component ->
                                            !component.getAnnotatedType().isAnnotationPresent(Nullable.class)))
                            .content(new Content()
                                    .addMediaType(
                                            MediaType.APPLICATION_JSON_VALUE,
                                            new io.swagger.v3.oas.models.media.MediaType()
                                                    .schema(schemas.of(parameter.getParameterType())))))
                    .findFirst();
        }

        private String name() {
            return method.getMethod().getName();
        }

        private String tag() {
            String area = path.substring(BASE.length()).split("/", -1)[0];
            return AREAS.contains(area) ? area : QUERIES;
        }

        private Stream<Parameter> pathVariables() {
            return Arrays.stream(method.getMethodParameters())
                    .filter(parameter -> parameter.hasParameterAnnotation(PathVariable.class))
                    .map(parameter -> parameter.getParameter().getName())
                    .map(name -> new Parameter()
                            .in("path")
                            .name(name)
                            .required(true)
                            .description("The id of the "
                                    + words(name.replaceFirst("Id$", "")).toLowerCase(Locale.ROOT) + ".")
                            .schema(ViewSchemas.id()));
        }

        private Stream<Parameter> queryParameters() {
            return Arrays.stream(method.getMethodParameters())
                    .filter(parameter -> parameter.hasParameterAnnotation(FromQuery.class))
                    .map(MethodParameter::getParameterType)
                    .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                    .flatMap(this::parameters);
        }

        private Stream<Parameter> parameters(RecordComponent component) {
            if (component.getType() == PageRequest.class) {
                return Stream.of(
                        query(PageRequest.LIMIT, "The most items that a page has.", limit()),
                        query(
                                PageRequest.CURSOR,
                                "Where the page begins: the `nextCursor` of the page before. Opaque, and good only"
                                        + " with the same filters and order.",
                                ViewSchemas.typed("string")));
            }
            String description = ViewSchemas.description(component).orElse("");
            return Stream.of(query(component.getName(), description, schema(component)));
        }

        private static Schema<?> limit() {
            Schema<Object> limit = ViewSchemas.typed("integer");
            limit.setMinimum(BigDecimal.ONE);
            limit.setMaximum(BigDecimal.valueOf(PageRequest.MOST));
            limit.setDefault(PageRequest.USUAL);
            return limit.format("int32");
        }

        private Schema<?> schema(RecordComponent component) {
            Class<?> type = component.getType();
            if (type.isEnum() && Spelled.class.isAssignableFrom(type)) {
                Schema<Object> choices = ViewSchemas.typed("string");
                Arrays.stream(type.getEnumConstants())
                        .map(choice -> ((Spelled) choice).spelling())
                        .forEach(choices::addEnumItemObject);
                return choices;
            }
            Schema<?> schema = schemas.of(component.getGenericType());
            return type == String.class ? schema.maxLength(QueryParameters.LONGEST) : schema;
        }

        private static Parameter query(String name, String description, Schema<?> schema) {
            return new Parameter()
                    .in("query")
                    .name(name)
                    .description(description.isEmpty() ? null : description)
                    .schema(schema);
        }

        private ApiResponse answer() {
            var answer = new ApiResponse().description("What was asked for.").content(content());
            if (isPage()) {
                answer.addHeaderObject(
                        "Link", header("The next page, as `<...>; rel=\"next\"`; absent from the last page."));
            } else if (hasVersion()) {
                answer.addHeaderObject("ETag", header("The version, as an entity tag; for `If-Match` of commands."));
            }
            return answer;
        }

        Content content() {
            var content = new Content();
            Set<MediaType> types = mapping.getProducesCondition().getProducibleMediaTypes();
            (types.isEmpty() ? Set.of(MediaType.APPLICATION_JSON) : types)
                    .forEach(type -> content.addMediaType(
                            type.toString(), new io.swagger.v3.oas.models.media.MediaType().schema(schema(type))));
            return content;
        }

        private Schema<?> schema(MediaType type) {
            return type.isCompatibleWith(MediaType.APPLICATION_JSON)
                    ? schemas.of(returned())
                    : ViewSchemas.typed("string");
        }

        private Type returned() {
            Type type = method.getMethod().getGenericReturnType();
            return type instanceof ParameterizedType entity && entity.getRawType() == ResponseEntity.class
                    ? entity.getActualTypeArguments()[0]
                    : type;
        }

        private boolean isPage() {
            return returned() instanceof ParameterizedType parameterized && parameterized.getRawType() == Page.class;
        }

        /** What has a version is answered with it as its entity tag, too. */
        private boolean hasVersion() {
            return returned() instanceof Class<?> type
                    && type.isRecord()
                    && Arrays.stream(type.getRecordComponents())
                            .anyMatch(component -> component.getName().equals("version"));
        }

        private SortedSet<Integer> problems() {
            var problems = new TreeSet<>(PROBLEMS_OF_EVERY_QUERY);
            if (path.contains("{")) {
                problems.add(404);
            }
            if (verb(mapping) == PathItem.HttpMethod.POST) {
                problems.add(409);
            }
            if (body().isPresent()) {
                problems.addAll(List.of(413, 415));
            }
            return problems;
        }

        private static Header header(String description) {
            return new Header().description(description).schema(ViewSchemas.typed("string"));
        }

        private static String words(String camelCase) {
            String spaced = camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
            return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
        }
    }
}
