package dev.rapport.query.seal;

import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.NoParameters;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The newest checkpoint, to be kept by whoever wants to be able to tell later whether the log still begins like this. */
@RestController
@ConditionalOnEventDatabase
class CheckpointController {

    static final String NOTE = "text/plain;charset=UTF-8";

    private final SealedLog log;

    CheckpointController(SealedLog log) {
        this.log = log;
    }

    @Operation(
            summary = "The newest signed checkpoint of the log",
            description =
                    "A C2SP signed note with a C2SP tlog-checkpoint: the log's origin, how many events it has, the"
                            + " root of the Merkle tree over them (RFC 9162), and a signature (Ed25519).")
    @GetMapping(path = "/api/v1/audit/checkpoint", produces = NOTE)
    String showCheckpoint(@FromQuery NoParameters none) {
        return Audit.answer(() -> Audit.newest(log).note().toString());
    }
}
