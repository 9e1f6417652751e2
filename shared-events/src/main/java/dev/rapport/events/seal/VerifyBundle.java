package dev.rapport.events.seal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The verifier as a program, for an auditor who has Java and nothing of ours. */
public final class VerifyBundle {

    private static final int ACCEPTED = 0;
    private static final int REFUSED = 1;
    private static final int MISUSED = 2;

    private static final String USAGE = """
        usage: java -jar verifier.jar <bundle.zip> [--key <key>] [--checkpoint <file>]

          --key         the log's public key, written name+id+key, as you got it from somebody you trust
          --checkpoint  a file with a checkpoint of the log that you kept, or with many
        """;

    private final PrintStream out;

    VerifyBundle(PrintStream out) {
        this.out = out;
    }

    /** Ends with 0 when the bundle is accepted, 1 when it is refused, and 2 when there was nothing to judge. */
    public static void main(String[] arguments) {
        System.exit(
                new VerifyBundle(new PrintStream(System.out, true, StandardCharsets.UTF_8)).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        Deque<String> left = new ArrayDeque<>(arguments);
        Optional<Path> bundle = Optional.empty();
        Optional<VerifierKey> key = Optional.empty();
        List<SignedNote> kept = List.of();
        try {
            while (!left.isEmpty()) {
                String argument = left.remove();
                boolean isOption = argument.startsWith("--");
                if (isOption && left.isEmpty()) {
                    return misused(argument + " needs a value");
                }
                if (argument.equals("--key") && key.isEmpty()) {
                    key = Optional.of(VerifierKey.parse(left.remove().strip()));
                } else if (argument.equals("--checkpoint") && kept.isEmpty()) {
                    Path file = Path.of(left.remove());
                    kept = Checkpoint.notesIn(Files.readAllBytes(file));
                    if (kept.isEmpty()) {
                        return misused("there is no checkpoint in " + file);
                    }
                } else if (!isOption && bundle.isEmpty()) {
                    bundle = Optional.of(Path.of(argument));
                } else {
                    return misused("what is " + argument + " for?");
                }
            }
            if (bundle.isEmpty()) {
                return misused("which bundle?");
            }
            if (Files.size(bundle.get()) > Archive.LARGEST) {
                return refused("it is larger than any bundle");
            }
            return verify(new BundleVerifier(key, kept), Files.readAllBytes(bundle.get()));
        } catch (IOException | InvalidPathException e) {
            return misused("cannot read " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return misused(String.valueOf(e.getMessage()));
        }
    }

    private int verify(BundleVerifier verifier, byte[] bundle) {
        try {
            BundleVerifier.Verdict verdict = verifier.verify(bundle);
            verdict.checked().forEach(sentence -> out.println("  checked      " + sentence));
            verdict.unchecked().forEach(sentence -> out.println("  NOT CHECKED  " + sentence));
            out.println(verdict.unchecked().isEmpty() ? "ACCEPTED" : "ACCEPTED, as far as it could be checked");
            return ACCEPTED;
        } catch (SealException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private int refused(String why) {
        out.println("REFUSED: " + BundleFiles.printable(why));
        return REFUSED;
    }

    private int misused(String why) {
        out.println(BundleFiles.printable(why));
        out.println();
        out.print(USAGE);
        return MISUSED;
    }
}
