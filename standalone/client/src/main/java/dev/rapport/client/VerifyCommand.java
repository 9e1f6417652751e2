package dev.rapport.client;

import static dev.rapport.client.failure.Exit.DONE;
import static dev.rapport.client.failure.Exit.DONE_BUT;
import static dev.rapport.client.failure.Exit.FILE;
import static dev.rapport.client.failure.Exit.MISUSED;

import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.failure.Exit;
import dev.rapport.client.failure.Printable;
import dev.rapport.events.seal.BundleVerifier;
import dev.rapport.events.seal.BundleVerifier.Verdict;
import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.SealException;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.seal.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a bundle, with the verifier that is in every bundle, but from a place that the bundle's maker has no hand in. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        header = "Verifies a bundle of evidence. No Rapport is asked.",
        description = {
            "",
            "A bundle is what GET /api/v1/audit/relationships/ID/bundle gives. Each sentence says what was checked, or"
                    + " what could not be, and what it would take."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rapport verify skerrow.zip",
            "  rapport verify skerrow.zip --key \"$(cat log.key)\" --checkpoint kept.txt"
        })
final class VerifyCommand extends SurroundedCommand {

    /** The format has no room for more. */
    private static final long LARGEST = 1L << 31;

    @Parameters(paramLabel = "BUNDLE", description = "The zip.")
    private Path bundle = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The log's public key, name+id+key, as you got it from somebody you trust.")
    private @Nullable String key;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A file with a checkpoint of the log that you kept, or with many. May be repeated.")
    private List<Path> checkpoints = new ArrayList<>();

    VerifyCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Exit run() {
        BundleVerifier verifier = new BundleVerifier(key(), kept());
        byte[] zip = bytes(bundle);
        try {
            Verdict verdict = verifier.verify(zip);
            verdict.checked().forEach(sentence -> surroundings().out().println("  checked      " + sentence));
            verdict.unchecked().forEach(sentence -> surroundings().out().println("  NOT CHECKED  " + sentence));
            surroundings()
                    .out()
                    .println(verdict.unchecked().isEmpty() ? "ACCEPTED" : "ACCEPTED, as far as it could be checked");
            return DONE;
        } catch (SealException e) {
            surroundings().out().println("REFUSED: " + Printable.line(String.valueOf(e.getMessage())));
            return DONE_BUT;
        }
    }

    private Optional<VerifierKey> key() {
        try {
            return Optional.ofNullable(key).map(String::strip).map(VerifierKey::parse);
        } catch (SealException | IllegalArgumentException e) {
            throw new ClientFailure(MISUSED, "--key: " + e.getMessage(), e);
        }
    }

    private List<SignedNote> kept() {
        List<SignedNote> kept = new ArrayList<>();
        for (Path file : checkpoints) {
            List<SignedNote> notes;
            try {
                notes = Checkpoint.notesIn(bytes(file));
            } catch (SealException | IllegalArgumentException e) {
                throw new ClientFailure(FILE, file + ": " + e.getMessage(), e);
            }
            if (notes.isEmpty()) {
                throw new ClientFailure(FILE, "there is no checkpoint in " + file);
            }
            kept.addAll(notes);
        }
        return kept;
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) >= LARGEST) {
                throw new ClientFailure(FILE, file + " is larger than any bundle");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ClientFailure(FILE, file + " can't be read: " + e, e);
        }
    }
}
