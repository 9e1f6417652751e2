package dev.rapport.command.http;

import dev.rapport.command.erasures.ErasePersonalData;
import dev.rapport.command.erasures.Erasure;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.math.BigDecimal;
import java.util.List;

/** Describes the operations of erasures in the OpenAPI document. */
final class ErasureOperations {

    private static final String JSON = "application/json";
    private static final String ERASURE = "Erasure";
    private static final String PAGE = "PageOfErasures";
    private static final String TAG = "operations";

    static void describe(OpenAPI document, CommandSchema schemas) {
        Components components = document.getComponents();
        components.addSchemas(ERASURE, schemas.answer(Erasure.class));
        components.addSchemas(ErasePersonalData.class.getSimpleName(), schemas.request(ErasePersonalData.class));
        components.addSchemas(PAGE, page());
        CommandOperations.at(document, ErasureEndpoint.PATH).post(erase()).get(list());
        CommandOperations.at(document, ErasureEndpoint.PATH + "/{erasureId}").get(show());
    }

    private static Schema<?> page() {
        Schema<?> page = CommandSchema.typed("object");
        page.addProperty("items", CommandSchema.typed("array").items(CommandSchema.named(ERASURE)));
        page.addProperty(
                "nextCursor",
                CommandSchema.typed("string").description("The cursor of the next page; left out on the last."));
        page.addRequiredItem("items");
        return page;
    }

    private static Operation erase() {
        return new Operation()
                .operationId("erasePersonalData")
                .summary("Erase a person's data")
                .description("Destroys the keys of what names a person: the name where it is a participant's, and the"
                        + " texts of the entries that the person took part in or that a text names; or of the entries,"
                        + " events and stakeholders that the request names. What they said reads `[erased]` from then"
                        + " on, everywhere in Rapport; nothing else of them changes. It cannot be taken back.")
                .addTagsItem(TAG)
                .requestBody(new RequestBody()
                        .required(true)
                        .content(CommandOperations.content(
                                JSON,
                                new MediaType().schema(CommandSchema.named(ErasePersonalData.class.getSimpleName())))))
                .responses(CommandOperations.withProblems(
                        new ApiResponses()
                                .addApiResponse(
                                        "201",
                                        answer("The keys are destroyed.", ERASURE)
                                                .addHeaderObject(
                                                        "Location",
                                                        CommandOperations.header("Where the erasure is shown."))),
                        List.of(400, 401, 403, 404, 413, 415, 422, 500, 503)));
    }

    private static Operation list() {
        return new Operation()
                .operationId("listErasures")
                .summary("List the erasures")
                .description("The newest first.")
                .addTagsItem(TAG)
                .addParametersItem(new Parameter()
                        .in("query")
                        .name("limit")
                        .description("How many to show at most; 50, if left out.")
                        .schema(CommandSchema.typed("integer")
                                .format("int32")
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(500))))
                .addParametersItem(new Parameter()
                        .in("query")
                        .name("cursor")
                        .description("The `nextCursor` of the page before.")
                        .schema(CommandSchema.typed("string")))
                .responses(CommandOperations.withProblems(
                        new ApiResponses()
                                .addApiResponse(
                                        "200",
                                        answer("A page of the list.", PAGE)
                                                .addHeaderObject(
                                                        "Link", CommandOperations.header("The next page, if any."))),
                        List.of(400, 401, 403, 500, 503)));
    }

    private static Operation show() {
        return new Operation()
                .operationId("showErasure")
                .summary("Show an erasure")
                .description("What is kept of it: that it was, by whom and why, and how much it took.")
                .addTagsItem(TAG)
                .addParametersItem(new Parameter()
                        .in("path")
                        .name("erasureId")
                        .required(true)
                        .description("The id of the erasure.")
                        .schema(CommandSchema.identifier()))
                .responses(CommandOperations.withProblems(
                        new ApiResponses().addApiResponse("200", answer("The erasure.", ERASURE)),
                        List.of(400, 401, 403, 404, 500, 503)));
    }

    private static ApiResponse answer(String description, String schema) {
        return new ApiResponse()
                .description(description)
                .content(CommandOperations.content(JSON, new MediaType().schema(CommandSchema.named(schema))));
    }

    private ErasureOperations() {}
}
