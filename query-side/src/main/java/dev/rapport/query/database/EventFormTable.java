package dev.rapport.query.database;

import static dev.rapport.query.jooq.Tables.EVENT_FORM;

import dev.rapport.events.storage.EventForm;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** In which forms the events are that were read by whoever fed read models of any generation. */
@Component
class EventFormTable {

    private final DSLContext database;

    EventFormTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    List<EventForm> all() {
        return database.select(EVENT_FORM.EVENT_TYPE, EVENT_FORM.REVISION)
                .from(EVENT_FORM)
                .fetch(row -> new EventForm(row.value1(), row.value2()));
    }

    /** Notes forms, those that are noted already among them. */
    void note(Collection<EventForm> forms) {
        database.insertInto(EVENT_FORM, EVENT_FORM.EVENT_TYPE, EVENT_FORM.REVISION)
                .valuesOfRows(forms.stream()
                        // in one order, so that no two nodes wait for each other
                        .sorted(Comparator.comparing(EventForm::type).thenComparing(EventForm::revision))
                        .map(form -> DSL.row(form.type(), form.revision()))
                        .toList())
                .onConflictDoNothing()
                .execute();
    }
}
