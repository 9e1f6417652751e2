package dev.rapport.query.history;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.query.entry.Entry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells events to people, in a language. */
public interface Sentences {

    String tell(DomainEvent event, Known known);

    /**
     * What is known around an event, so that it can be told with names instead of ids.
     *
     * @param stakeholder the name of the other party
     * @param entries the entries that the events to tell deal with
     * @param interactionsReadable whether the listener may know what was said in interactions, and by whom
     */
    record Known(String stakeholder, Map<EntryId, Entry> entries, boolean interactionsReadable) {

        @Nullable
        Entry entry(EntryId id) {
            return entries.get(id);
        }
    }
}
