package dev.rapport.events;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.rapport.events.storage.EventTypes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Writes docs/events.md: all that can happen, off the sealed families, their records and what the sources say about them. */
final class EventsDocument {

    private static final String HEAD = """
        # Events

        Everything that can happen in Rapport, in the form in which it is stored. This page is made from the code: from the sealed families below
        [`DomainEvent`](../shared-events/src/main/java/dev/rapport/events/DomainEvent.java), their records and what the sources say about them.
        The build fails when it is stale. Do not edit it; after a change of the code, have it written anew:

        ```
        mvn -pl shared-events test -Dtest=The_page_of_all_events -Drapport.docs=write
        ```

        - An event is stored as JSON under its name and revision. The revision below links to its golden file: one event, byte by byte as it is stored.
        - What is absent is left out; a field marked *optional* may be. Ids are plain texts, times RFC 3339 in UTC, dates `YYYY-MM-DD`, numbers
          exact to the digit that was given.
        - A field marked *personal* tells of people. It is encrypted, `{"personal": "<generation>.<label of the key>.<nonce, ciphertext and tag>"}` (AES-256-GCM, in Base64 for
          URLs) standing in the place of each text, and reads `[erased]` once its key was destroyed (see [personal data](personal-data.md)).
        - A stored form never changes. What has to change becomes a new revision, with an upcaster for the old one
          (see [CONTRIBUTING](../CONTRIBUTING.md#give-an-event-a-new-revision)).
        """;

    private static final Map<Type, String> PLAIN_TYPES = Map.of(
            String.class, "text",
            boolean.class, "true or false",
            Integer.class, "whole number",
            long.class, "whole number",
            double.class, "number",
            BigDecimal.class, "number",
            LocalDate.class, "date",
            Currency.class, "currency code of ISO 4217");

    private final SortedSet<Class<?>> words = new TreeSet<>(Comparator.comparing(Class::getSimpleName));

    /** The whole page. */
    static String text() throws IOException {
        return new EventsDocument().page();
    }

    private String page() throws IOException {
        var page = new StringBuilder(HEAD);
        for (var family : DomainEvent.class.getPermittedSubclasses()) {
            page.append(family(family));
        }
        return page.append(words()).append(metadata()).toString();
    }

    private String family(Class<?> family) throws IOException {
        var common = Stream.of(family.getDeclaredMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(method -> "`" + method.getName() + "` " + type(method.getGenericReturnType()))
                .collect(Collectors.joining(", "));
        var rows = new ArrayList<String>();
        for (var event : EventTypes.leavesOf(family).toList()) {
            rows.add(row(
                    "`" + event.getSimpleName() + "`", revision(event), fields(event, family), Docstrings.of(event)));
        }
        return section(
                heading(family),
                Docstrings.of(family) + "\n\nEach has the field " + common + ", and these:",
                List.of("event", "revision", "fields", "what it means"),
                rows);
    }

    private static String heading(Class<?> family) {
        return family.getSimpleName().replace("Event", " events");
    }

    private static String revision(Class<?> event) {
        var revision = event.getAnnotation(Revision.class).value();
        return "[%s](../shared-events/src/test/resources/events/%s.%s.json)"
                .formatted(revision, event.getSimpleName(), revision);
    }

    private String fields(Class<?> type, Class<?> family) {
        var common = Stream.of(family.getDeclaredMethods())
                .map(method -> method.getName())
                .toList();
        return Stream.of(type.getRecordComponents())
                .filter(component -> !common.contains(component.getName()))
                .map(this::field)
                .collect(Collectors.joining("<br>"));
    }

    private String field(RecordComponent component) {
        var optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class) ? ", *optional*" : "";
        var personal = component.isAnnotationPresent(Personal.class) ? ", *personal*" : "";
        return "`" + component.getName() + "` " + type(component.getGenericType()) + optional + personal;
    }

    private String type(Type type) {
        var plain = PLAIN_TYPES.get(type);
        if (plain != null) {
            return plain;
        }
        if (type instanceof ParameterizedType list) {
            return "list of " + type(list.getActualTypeArguments()[0]);
        }
        var word = (Class<?>) type;
        words.add(word);
        return word.getSimpleName();
    }

    private String words() throws IOException {
        var rows = new ArrayList<String>();
        var done = new TreeSet<>(words.comparator());
        while (!done.containsAll(words)) { // what a word is made of may be a word in turn
            for (var word : List.copyOf(words)) {
                if (done.add(word)) {
                    rows.add(row("`" + word.getSimpleName() + "`", form(word), Docstrings.of(word)));
                }
            }
        }
        rows.sort(Comparator.naturalOrder());
        return section("Words", "What the fields are made of.", List.of("word", "form", "what it means"), rows);
    }

    private String form(Class<?> word) {
        if (word.isEnum()) {
            return Arrays.stream(word.getEnumConstants())
                    .map(constant -> "`" + ((Enum<?>) constant).name() + "`")
                    .collect(Collectors.joining(" "));
        }
        var components = word.getRecordComponents();
        return components[0].getAccessor().isAnnotationPresent(JsonValue.class)
                ? type(components[0].getGenericType())
                : Stream.of(components).map(this::field).collect(Collectors.joining("<br>"));
    }

    private static String metadata() throws IOException {
        var rows = new ArrayList<String>();
        for (var constant : Provenance.class.getFields()) {
            if (!constant.getName().equals("RAPPORT")) {
                rows.add(row("`" + value(constant) + "`", Docstrings.of(Provenance.class, constant.getName())));
            }
        }
        return section(
                "Metadata",
                "What every event carries beside its payload, all of it text. `RAPPORT` stands for `"
                        + Provenance.RAPPORT + "`: " + Docstrings.of(Provenance.class, "RAPPORT"),
                List.of("name", "what it means"),
                rows);
    }

    private static Object value(Field constant) {
        try {
            return constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String section(String heading, String intro, List<String> columns, List<String> rows) {
        return "\n## " + heading + "\n\n" + intro + "\n\n" + row(columns.toArray(String[]::new)) + "|"
                + "---|".repeat(columns.size()) + "\n" + String.join("", rows);
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
