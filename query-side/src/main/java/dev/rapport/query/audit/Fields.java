package dev.rapport.query.audit;

import dev.rapport.query.database.Json;
import dev.rapport.query.relationship.RelationshipView;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a state as it is told, each by its JSON Pointer: what an object or an array holds, but not these themselves. */
record Fields(Map<String, JsonNode> values) {

    static Fields of(Optional<RelationshipView> view) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        view.ifPresent(told -> collect("", Json.tree(told), values));
        return new Fields(values);
    }

    private static void collect(String pointer, JsonNode node, Map<String, JsonNode> values) {
        if (node.isObject()) {
            node.forEachEntry((name, value) -> collect(pointer + "/" + escaped(name), value, values));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(pointer + "/" + i, node.get(i), values);
            }
        } else {
            values.put(pointer, node);
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    @Nullable
    JsonNode value(String pointer) {
        return values.get(pointer);
    }

    /** The pointers of the fields that are not the same in both. */
    Set<String> changedTo(Fields after) {
        Set<String> all = new LinkedHashSet<>(values.keySet());
        all.addAll(after.values.keySet());
        all.removeIf(pointer -> Objects.equals(value(pointer), after.value(pointer)));
        return all;
    }
}
