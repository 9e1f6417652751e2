package dev.rapport.events.storage;

import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The one place that maps the names that events are stored under to the classes that they are read into. The name of an event is the
 * simple name of its record, so that records may move between packages; the sealed family is the list, there is none to maintain.
 */
public final class EventTypes {

    private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,8}");

    private final Map<String, Class<?>> classes = new HashMap<>();
    private final Map<Class<?>, String> revisions = new HashMap<>();

    private EventTypes() {}

    /** All events of a sealed family; refuses one that could not be told apart, or read back, once it is stored. */
    public static EventTypes of(Class<?> family) {
        var types = new EventTypes();
        leavesOf(family).forEach(types::add);
        return types;
    }

    /** The classes of a sealed family's events, however deep it is divided. */
    public static Stream<Class<?>> leavesOf(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EventTypes::leavesOf)
                : Stream.of(type);
    }

    private void add(Class<?> type) {
        if (!Modifier.isFinal(type.getModifiers())) {
            throw new IllegalArgumentException(type + " is open to subclasses that nobody could list");
        }
        var revision = type.getAnnotation(Revision.class);
        if (revision == null) {
            throw new IllegalArgumentException(type + " has no @Revision");
        }
        var namesake = classes.putIfAbsent(type.getSimpleName(), type);
        if (namesake != null && namesake != type) {
            throw new IllegalArgumentException(type + " and " + namesake + " would be stored under the same name");
        }
        revisions.put(type, revision.value());
    }

    /** The names of all events, in alphabetical order. */
    public Set<String> names() {
        return new TreeSet<>(classes.keySet());
    }

    /** The name that an event is stored under. */
    public String nameOf(Class<?> type) {
        revisionOf(type);
        return type.getSimpleName();
    }

    /** The revision that an event is stored in. */
    public String revisionOf(Class<?> type) {
        var revision = revisions.get(type);
        if (revision == null) {
            throw new IllegalArgumentException(type + " is not an event of this log");
        }
        return revision;
    }

    /** Whether an event was stored in the revision that its class has now. */
    boolean isOfToday(String name, String revision) {
        Class<?> type = classes.get(name);
        return type != null && revision.equals(revisions.get(type));
    }

    /** Whether events were ever stored in this form, by this version or one before it: revisions are counted from 1. */
    boolean know(EventForm form) {
        Class<?> type = classes.get(form.type());
        return type != null
                && REVISION.matcher(form.revision()).matches()
                && Integer.parseInt(form.revision()) <= Integer.parseInt(revisionOf(type));
    }

    /** The class of a stored event, which must have been brought to the class's own revision. */
    public Class<?> classOf(String name, @Nullable String revision) {
        var type = classes.get(name);
        if (type == null || !revisionOf(type).equals(revision)) {
            throw new UnknownEventException(name, revision);
        }
        return type;
    }
}
