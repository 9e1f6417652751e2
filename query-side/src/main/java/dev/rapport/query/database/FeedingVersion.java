package dev.rapport.query.database;

import dev.rapport.events.storage.EventForm;
import dev.rapport.events.storage.EventLog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Keeps an older node from writing to read models that a newer one has written to: once they tell of events that this version cannot read, or
 * have tables that it does not know, whatever it folded into them would be wrong. Who feeds them leaves word of the events, for nodes which
 * begin to feed where the log is readable again.
 */
@Component
public class FeedingVersion {

    private final EventLog log;
    private final EventFormTable forms;
    private final Generations generations;
    private final Set<EventForm> seen = ConcurrentHashMap.newKeySet();

    FeedingVersion(EventLog log, EventFormTable forms, Generations generations) {
        this.log = log;
        this.forms = forms;
        this.generations = generations;
    }

    /** Whether only nodes of a newer version may write to the read models; looked up, as long as it is not so. */
    public boolean isBehind() {
        var newer = log.newerVersion();
        if (newer.isMet()) {
            return true;
        }
        forms.all().stream()
                .filter(form -> !log.canRead(form))
                .findFirst()
                .ifPresent(form -> newer.met("the read models tell of events " + form.type() + " of revision "
                        + form.revision() + ", which this version of Rapport cannot read"));
        if (!newer.isMet() && generations.isLiveNewer()) {
            newer.met("a newer version has changed the tables of the read models");
        }
        return newer.isMet();
    }

    /** To be called, outside of any transaction, before what was read from the log is written to read models. */
    public void note() {
        Set<EventForm> read = log.formsRead();
        if (seen.size() < read.size()) {
            Set<EventForm> news = new HashSet<>(read);
            news.removeAll(seen);
            // what this version cannot read, it has read ahead of what it tells
            List<EventForm> told = news.stream().filter(log::canRead).toList();
            if (!told.isEmpty()) {
                forms.note(told);
            }
            seen.addAll(news);
        }
    }
}
