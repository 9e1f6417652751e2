package dev.rapport.query.seal;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.JsonBodies;
import dev.rapport.query.http.NoParameters;
import dev.rapport.query.http.QueryRefused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Verifications of the whole log, which take their time. */
@RestController
@ConditionalOnEventDatabase
@RequestMapping(path = VerificationController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class VerificationController {

    static final String PATH = "/api/v1/audit/verifications";

    private static final int LARGEST_BODY = 1 << 20;

    private final Verifications verifications;
    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    VerificationController(Verifications verifications) {
        this.verifications = verifications;
    }

    @JsonClassDescription("What to verify the log against, beside its own seal.")
    record Against(
            @JsonPropertyDescription(
                    "A checkpoint of this log that was kept elsewhere, as it was signed: tells a log that was"
                            + " rewritten together with its seal.")
            @Nullable
            String checkpoint) {}

    @Operation(
            summary = "Verifies the whole log against its seal",
            description =
                    "Begins a verification, which is looked after at the answer's `Location`. The body is optional: a"
                            + " checkpoint that was kept elsewhere, as a JSON field or as the plain text that it is.",
            requestBody =
                    @RequestBody(
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = Against.class)),
                                @Content(
                                        mediaType = MediaType.TEXT_PLAIN_VALUE,
                                        schema = @Schema(implementation = String.class))
                            }))
    @PostMapping
    ResponseEntity<VerificationView> verifyLog(@FromQuery NoParameters none, Viewer viewer, HttpServletRequest request)
            throws IOException {
        JsonBodies.requireUnpacked(request);
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        return Audit.answer(() -> {
            Verification verification = verifications
                    .begin(viewer.subject(), brought(body, request).orElse(null))
                    .orElseThrow(() -> QueryRefused.because(
                            Problem.TOO_MANY_REQUESTS,
                            "Too many verifications wait already; read the results of those."));
            return ResponseEntity.accepted()
                    .location(URI.create(PATH + "/" + verification.id()))
                    .body(verification.view());
        });
    }

    @Operation(summary = "How a verification of the log stands, and what it found")
    @GetMapping("/{verificationId}")
    VerificationView showVerification(@PathVariable String verificationId, @FromQuery NoParameters none) {
        return Audit.answer(() -> verifications
                .find(verificationId)
                .orElseThrow(() -> QueryRefused.notFound("verification", verificationId))
                .view());
    }

    private Optional<SignedNote> brought(byte[] body, HttpServletRequest request) {
        if (body.length > LARGEST_BODY) {
            throw QueryRefused.because(Problem.CONTENT_TOO_LARGE, "The body has more than " + LARGEST_BODY + " bytes.");
        }
        return body.length == 0 ? Optional.empty() : note(body, typeOf(request));
    }

    private Optional<SignedNote> note(byte[] body, @Nullable MediaType type) {
        if (type != null && type.isCompatibleWith(MediaType.TEXT_PLAIN)) {
            return Optional.of(parsed(body));
        }
        if (type == null || !type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
            throw QueryRefused.because(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "The body is JSON, or a checkpoint as plain text.");
        }
        Against against;
        try {
            against = json.readValue(body, Against.class);
        } catch (JacksonException malformed) {
            throw QueryRefused.malformed("body", "is not an object of JSON with the field checkpoint", malformed);
        }
        return against == null || against.checkpoint() == null
                ? Optional.empty()
                : Optional.of(parsed(against.checkpoint().getBytes(StandardCharsets.UTF_8)));
    }

    private static SignedNote parsed(byte[] note) {
        try {
            SignedNote signed = SignedNote.parse(note);
            Checkpoint.of(signed);
            return signed;
        } catch (IllegalArgumentException malformed) {
            throw QueryRefused.malformed(
                    "checkpoint", "is not a signed note with a checkpoint (" + malformed.getMessage() + ")", malformed);
        }
    }

    private static @Nullable MediaType typeOf(HttpServletRequest request) {
        try {
            return request.getContentType() == null ? null : MediaType.parseMediaType(request.getContentType());
        } catch (InvalidMediaTypeException malformed) {
            throw QueryRefused.malformed("Content-Type", "is not a media type", malformed);
        }
    }
}
