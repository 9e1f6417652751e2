package dev.rapport.query.access;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What was said in an interaction and by whom: left out for a viewer who may not read it. */
public final class InteractionTexts {

    /** By the names that they have in events and entries; a correction's or a retraction's reason may repeat what was said. */
    private static final List<String> FIELDS = List.of("summary", "participants", "reason");

    public static void leaveOut(ObjectNode data) {
        data.remove(FIELDS);
    }

    private InteractionTexts() {}
}
