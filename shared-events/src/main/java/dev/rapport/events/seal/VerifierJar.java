package dev.rapport.events.seal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The verifier as a file: this package's classes, put into a jar by the build. */
public final class VerifierJar {

    /** The jar, as it is in every bundle. */
    public static byte[] bytes() {
        try (InputStream jar = VerifierJar.class.getResourceAsStream(BundleFiles.VERIFIER)) {
            if (jar == null) {
                throw new IllegalStateException("the build did not make the verifier");
            }
            return jar.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private VerifierJar() {}
}
