package dev.rapport.query.seal;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.MerkleTree;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.QueryRefused.Fault;
import dev.rapport.query.seal.LeafTile.SealedLeaf;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Proofs of RFC 9162 from the sealed log. */
@RestController
@ConditionalOnEventDatabase
@RequestMapping(path = "/api/v1/audit/proofs", produces = MediaType.APPLICATION_JSON_VALUE)
class ProofController {

    private final SealedLog log;

    ProofController(SealedLog log) {
        this.log = log;
    }

    record Of(
            @JsonPropertyDescription("The position of the event, which has to be given.") @Nullable
            Long position) {}

    record Sizes(
            @JsonPropertyDescription(
                    "The size of the older tree, in events, which has to be given: the second line of a"
                            + " checkpoint.")
            @Nullable
            Long from,

            @JsonPropertyDescription("The size of the newer tree; that of the newest checkpoint unless given.")
            @Nullable
            Long to) {}

    @JsonClassDescription(
            "That an event is in the log: the leaf's hash, together with the hashes beside its way up the tree, gives"
                    + " the root that the checkpoint signs.")
    record Inclusion(
            long position,

            @JsonPropertyDescription("The number of the event's leaf in the tree, from 0.")
            long leafIndex,

            long treeSize,

            @JsonPropertyDescription("SHA-256, in base64, as all hashes here.")
            String leafHash,

            @JsonPropertyDescription("From the leaf upwards.")
            List<String> hashes,

            String rootHash,

            @JsonPropertyDescription("The signed checkpoint of this tree.")
            String checkpoint) {}

    @JsonClassDescription(
            "That a log is the beginning of a longer one: nothing of it was changed, taken out or put in between.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Consistency(
            long from,
            long to,
            String fromRootHash,
            String toRootHash,
            List<String> hashes,

            @JsonPropertyDescription("The signed checkpoint of the older tree, if there is one of just this size.")
            @Nullable
            String fromCheckpoint,

            @JsonPropertyDescription("The signed checkpoint of the newer tree, if there is one of just this size.")
            @Nullable
            String checkpoint) {}

    @Operation(summary = "That an event is in the log")
    @GetMapping("/inclusion")
    Inclusion proveInclusion(@FromQuery Of of) {
        return Audit.answer(() -> inclusion(of.position()));
    }

    private Inclusion inclusion(@Nullable Long position) {
        if (position == null) {
            throw QueryRefused.malformed(List.of(new Fault("position", "is missing")));
        }
        SealedLog.Signed newest = Audit.newest(log);
        Checkpoint checkpoint = newest.checkpoint();
        SealedLeaf leaf = log.leafOf(position)
                .filter(found -> found.index() < checkpoint.size())
                .orElseThrow(() -> QueryRefused.because(
                        Problem.NOT_FOUND, "No event was sealed at position " + position + " so far."));
        return new Inclusion(
                position,
                leaf.index(),
                checkpoint.size(),
                leaf.hash().base64(),
                base64(log.tree()
                        .inclusionProof(leaf.index(), checkpoint.size())
                        .path()),
                checkpoint.root().base64(),
                newest.note().toString());
    }

    @Operation(summary = "That the log of one size is the beginning of the log of another")
    @GetMapping("/consistency")
    Consistency proveConsistency(@FromQuery Sizes sizes) {
        return Audit.answer(() -> consistency(sizes));
    }

    private Consistency consistency(Sizes sizes) {
        long most = Audit.newest(log).checkpoint().size();
        Long from = sizes.from();
        long to = sizes.to() == null ? most : sizes.to();
        List<Fault> faults = new ArrayList<>();
        if (from == null) {
            faults.add(new Fault("from", "is missing"));
        } else if (from > to) {
            faults.add(new Fault("from", "is more than to, " + to));
        }
        if (to > most) {
            faults.add(new Fault("to", "is more events than are sealed so far, " + most));
        }
        if (from == null || !faults.isEmpty()) {
            throw QueryRefused.malformed(faults);
        }
        MerkleTree tree = log.tree();
        return new Consistency(
                from,
                to,
                tree.root(from).base64(),
                tree.root(to).base64(),
                base64(tree.consistencyProof(from, to).path()),
                note(from),
                note(to));
    }

    private @Nullable String note(long size) {
        return log.checkpointOf(size).map(signed -> signed.note().toString()).orElse(null);
    }

    private static List<String> base64(List<Hash> hashes) {
        return hashes.stream().map(Hash::base64).toList();
    }
}
