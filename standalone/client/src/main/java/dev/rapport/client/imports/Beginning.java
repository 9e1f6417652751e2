package dev.rapport.client.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What files of a kind begin with, by which they are known whatever they are called. */
record Beginning(String text) {

    boolean isOf(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            return text.equals(new String(in.readNBytes(expected.length), StandardCharsets.UTF_8));
        }
    }
}
