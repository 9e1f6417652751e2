package dev.rapport.events.storage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys that personal data of a stream is encrypted with. They come in generations. Those of a generation all come from its root, until
 * something of it is erased: then the root is destroyed, and the keys that are to stay are kept one by one.
 */
final class StreamKeys {

    private final TreeMap<Integer, Generation> generations = new TreeMap<>();

    /**
     * A generation of keys.
     *
     * @param root null once something of the generation was erased
     * @param single the keys by their labels, once the root is gone; nothing for those that are destroyed
     */
    private record Generation(@Nullable RootKey root, Map<String, Optional<SecretKey>> single) {}

    StreamKeys(List<PersonalKeyTable.Row> rows) {
        for (PersonalKeyTable.Row row : rows) {
            if (row.isRoot()) {
                Generation before = generations.get(row.generation());
                generations.put(
                        row.generation(), new Generation(row.root(), before == null ? new HashMap<>() : before.single));
            } else {
                generations
                        .computeIfAbsent(row.generation(), _ -> new Generation(null, new HashMap<>()))
                        .single
                        .put(row.label(), Optional.ofNullable(row.key()));
            }
        }
    }

    /** Whether it is known here if there is a key with that label, or was. */
    boolean knows(int generation, String label) {
        Generation found = generations.get(generation);
        return found != null && (found.root != null || found.single.containsKey(label));
    }

    /** A key that is {@linkplain #knows known}; null when it was destroyed. */
    @Nullable
    SecretKey key(int generation, String label) {
        Generation found = generations.get(generation);
        if (found == null) {
            throw new IllegalStateException("there are no keys of generation " + generation);
        }
        return found.root != null
                ? found.root.key(label)
                : found.single.getOrDefault(label, Optional.empty()).orElse(null);
    }

    /** The root of a generation, unless something of it was erased. */
    @Nullable
    RootKey root(int generation) {
        Generation found = generations.get(generation);
        return found == null ? null : found.root;
    }

    /** The newest generation, whose root may be destroyed; 0 when there is none. */
    int newest() {
        return generations.isEmpty() ? 0 : generations.lastKey();
    }
}
