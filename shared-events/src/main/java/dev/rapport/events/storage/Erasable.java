package dev.rapport.events.storage;

import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.EntryId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was found to be forgotten, stream by stream: the keys of names and of texts.
 *
 * @param through the position up to which a person was looked for
 * @param unknown what the order names and is not there, in words
 */
public record Erasable(Map<StreamName, InStream> streams, long through, List<String> unknown) {

    public Erasable {
        streams = new LinkedHashMap<>(streams);
        unknown = List.copyOf(unknown);
    }

    /**
     * What is to be forgotten of one stream.
     *
     * @param labels of the keys of names and texts, by the keys' generation
     * @param entries whose texts these are, as far as they are entries'
     * @param inClear how many events say it in clear, since they were stored before anything was encrypted; they are out of reach
     */
    public record InStream(Map<Integer, Set<String>> labels, Set<EntryId> entries, int inClear) {

        public InStream {
            labels = new TreeMap<>(labels);
            entries = new LinkedHashSet<>(entries);
        }
    }

    public boolean isEmpty() {
        return streams.values().stream().allMatch(stream -> stream.labels.isEmpty());
    }

    public int inClear() {
        return streams.values().stream().mapToInt(InStream::inClear).sum();
    }

    /** Collects it. */
    static final class Finding {

        private final Map<StreamName, Parts> streams = new LinkedHashMap<>();
        private final List<String> unknown = new ArrayList<>();

        Parts in(StreamName stream) {
            return streams.computeIfAbsent(stream, _ -> new Parts());
        }

        /** What was found so far, as it is now. */
        Map<StreamName, Parts> soFar() {
            return Map.copyOf(streams);
        }

        void misses(String what) {
            unknown.add(what);
        }

        Erasable through(long position) {
            Map<StreamName, InStream> found = new LinkedHashMap<>();
            streams.forEach((stream, parts) ->
                    found.put(stream, new InStream(parts.labels, parts.entries, parts.inClear.size())));
            return new Erasable(found, position, unknown);
        }
    }

    /** Of one stream. */
    static final class Parts {

        final Map<Integer, Set<String>> labels = new TreeMap<>();
        final Set<EntryId> entries = new LinkedHashSet<>();
        final Set<Long> inClear = new LinkedHashSet<>();

        void take(EnclosedText text) {
            labels.computeIfAbsent(text.generation(), _ -> new TreeSet<>()).add(text.label());
        }
    }
}
