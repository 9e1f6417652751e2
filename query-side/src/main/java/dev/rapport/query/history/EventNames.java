package dev.rapport.query.history;

import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.storage.EventTypes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The names of a relationship's events, as histories show and filter them. */
final class EventNames {

    private static final Map<String, Class<? extends RelationshipEvent>> CLASSES = EventTypes.leavesOf(
                    RelationshipEvent.class)
            .map(event -> event.<RelationshipEvent>asSubclass(RelationshipEvent.class))
            .collect(Collectors.toMap(Class::getSimpleName, event -> event, (one, _) -> one, TreeMap::new));

    static boolean contains(String name) {
        return CLASSES.containsKey(name);
    }

    static Class<? extends RelationshipEvent> classOf(String name) {
        Class<? extends RelationshipEvent> event = CLASSES.get(name);
        if (event == null) {
            throw new IllegalStateException("no event is called " + name);
        }
        return event;
    }

    static String all() {
        return String.join(", ", CLASSES.keySet());
    }

    private EventNames() {}
}
