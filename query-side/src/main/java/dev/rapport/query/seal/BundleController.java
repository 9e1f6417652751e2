package dev.rapport.query.seal;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.StreamName;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.seal.BundleHead;
import dev.rapport.events.seal.BundleWriter;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.audit.WhatEventsSay;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Ids;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.QueryRefused.Fault;
import dev.rapport.query.seal.SealConfiguration.SealingKey;
import dev.rapport.query.seal.SealedLog.Signed;
import dev.rapport.query.seal.SealedLog.StreamOfLeaves;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The evidence of one relationship, for an auditor to take away and to verify without us. */
@RestController
@ConditionalOnEventDatabase
class BundleController {

    private static final String ZIP = "application/zip";

    private final SealedLog log;
    private final WhatEventsSay reading;
    private final Optional<BundleWriter> writer;

    BundleController(SealedLog log, WhatEventsSay reading, SealingKey sealing) {
        this.log = log;
        this.reading = reading;
        this.writer = sealing.key().map(BundleWriter::new);
    }

    record Since(
            @JsonPropertyDescription(
                    "The size of a checkpoint that you have kept, its second line: the bundle then proves that"
                            + " the log has only grown since.")
            @Nullable
            Long since) {}

    /** What a bundle is made of, found before the first byte is sent. */
    private record Contents(BundleHead head, StreamOfLeaves stream, long treeSize, BundleWriter writer) {}

    @Operation(
            summary = "The evidence of a relationship, as a zip to take away",
            description =
                    "All events of the relationship with their proofs and what they say, the checkpoint, the public"
                            + " keys, and a verifier that needs nothing but Java: `java -jar verifier.jar bundle.zip`.")
    @GetMapping(path = "/api/v1/audit/relationships/{relationshipId}/bundle", produces = ZIP)
    void takeBundle(@PathVariable String relationshipId, @FromQuery Since since, HttpServletResponse response)
            throws IOException {
        Contents contents = Audit.answer(() -> contents(relationshipId, since.since()));
        response.setContentType(ZIP);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(relationshipId + ".zip")
                        .build()
                        .toString());
        contents.writer()
                .write(
                        response.getOutputStream(),
                        contents.head(),
                        log.bundled(contents.stream(), contents.treeSize(), reading));
    }

    private Contents contents(String relationshipId, @Nullable Long since) {
        String stream = Ids.of(relationshipId)
                .map(id -> StreamName.of(new RelationshipId(id)).value())
                .orElseThrow(() -> QueryRefused.notFound("relationship", relationshipId));
        BundleWriter with = writer.orElseThrow(() -> QueryRefused.because(
                Problem.UNAVAILABLE, "This node does not have the key that bundles are signed with."));
        StreamOfLeaves leaves = log.leavesOf(stream, BundleWriter.MOST_EVENTS);
        if (leaves.leaves().isEmpty()) {
            throw QueryRefused.notFound("relationship", relationshipId);
        }
        if (leaves.leaves().size() > BundleWriter.MOST_EVENTS) {
            throw QueryRefused.because(
                    Problem.CONFLICT,
                    "The relationship has more events than a bundle holds, " + BundleWriter.MOST_EVENTS + ".");
        }
        Signed newest = Audit.newest(log); // after the leaves, so that it signs them all
        long treeSize = newest.checkpoint().size();
        var keys = log.keys().orElseThrow(() -> new ContradictedSeal("the seal has lost its keys"));
        return new Contents(new BundleHead(keys, newest.note(), older(since, treeSize)), leaves, treeSize, with);
    }

    private Optional<BundleHead.Older> older(@Nullable Long since, long treeSize) {
        if (since == null) {
            return Optional.empty();
        }
        Signed kept = log.checkpointOf(since)
                .filter(signed -> signed.checkpoint().size() <= treeSize)
                .orElseThrow(() -> QueryRefused.malformed(
                        List.of(new Fault("since", "is not the size of a checkpoint of this log"))));
        return Optional.of(new BundleHead.Older(kept.note(), log.tree().consistencyProof(since, treeSize)));
    }
}
