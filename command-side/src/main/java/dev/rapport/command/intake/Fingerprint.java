package dev.rapport.command.intake;

import dev.rapport.events.seal.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells requests apart by what they say, not by how it is spaced or in which order: SHA-256 over a canonical form. */
final class Fingerprint {

    static String of(String command, ObjectNode fields) {
        StringBuilder canonical = new StringBuilder(command);
        append(fields, canonical);
        return HexFormat.of().formatHex(Sha256.of(canonical.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void append(JsonNode node, StringBuilder canonical) {
        switch (node) {
            case ObjectNode object -> {
                canonical.append('{');
                object.propertyNames().stream().sorted().forEach(name -> {
                    canonical.append(object.stringNode(name)).append(':');
                    append(object.get(name), canonical);
                    canonical.append(',');
                });
                canonical.append('}');
            }
            case ArrayNode array -> {
                canonical.append('[');
                array.forEach(element -> {
                    append(element, canonical);
                    canonical.append(',');
                });
                canonical.append(']');
            }
            default -> canonical.append(node);
        }
    }

    private Fingerprint() {}
}
