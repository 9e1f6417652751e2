package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The evidence of a relationship, as an auditor has taken it away. */
final class Bundle {

    private final byte[] zip;

    Bundle(byte[] zip) {
        this.zip = zip.clone();
    }

    String text(String name) throws IOException {
        return new String(file(name), StandardCharsets.UTF_8);
    }

    private byte[] file(String name) throws IOException {
        try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                if (file.getName().equals(name)) {
                    return files.readAllBytes();
                }
            }
        }
        throw new AssertionError("the bundle has no " + name);
    }

    /** What its own verifier, run by itself, ends with; of this bundle, or of another one that it is shown. */
    int verdictOf(byte[] shown, Path folder) throws Exception {
        Path bundle = Files.write(folder.resolve("bundle.zip"), shown);
        Path verifier = Files.write(folder.resolve("verifier.jar"), file("verifier.jar"));
        Path output = folder.resolve("verdict");
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        verifier.toString(),
                        bundle.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(output).content().isNotBlank();
        return status;
    }

    int verdict(Path folder) throws Exception {
        return verdictOf(zip, folder);
    }
}
