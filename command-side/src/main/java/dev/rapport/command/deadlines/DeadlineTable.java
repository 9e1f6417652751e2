package dev.rapport.command.deadlines;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import dev.rapport.command.deadlines.DeadlineTable.Change;
import dev.rapport.command.eventstore.GroupWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The deadlines that are waited for, in db-scheduler's table: it schedules many at once, but cancels one by one, and that in two round trips. */
final class DeadlineTable implements GroupWriter<Change> {

    private static final String TASK = NamedDeadlineManager.TASK.getTaskName();

    private final Scheduler scheduler;
    private final JdbcClient sql;

    DeadlineTable(Scheduler scheduler, JdbcClient sql) {
        this.scheduler = scheduler;
        this.sql = sql;
    }

    /**
     * That a deadline is scheduled, or cancelled.
     *
     * @param scheduled null when it is cancelled
     */
    record Change(String id, @Nullable SchedulableInstance<?> scheduled) {}

    @Override
    public Stage stage() {
        return Stage.DEADLINES;
    }

    /** Of several changes of a deadline the last one counts. One that is firing is left alone: its aggregate decides what it means by now. */
    @Override
    public void write(List<Change> changes) {
        Map<String, Change> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.id, change));
        Set<String> cancelled = changes.stream()
                .filter(change -> change.scheduled == null)
                .map(Change::id)
                .collect(Collectors.toSet());
        if (!cancelled.isEmpty()) {
            sql.sql("delete from scheduled_tasks where task_name = :task and task_instance in (:ids) and not picked")
                    .param("task", TASK)
                    .param("ids", cancelled)
                    .update();
        }
        List<SchedulableInstance<?>> scheduled = new ArrayList<>();
        last.values().forEach(change -> {
            if (change.scheduled != null) {
                scheduled.add(change.scheduled);
            }
        });
        if (!scheduled.isEmpty()) {
            Set<@Nullable String> there = sql.sql(
                            "select task_instance from scheduled_tasks where task_name = :task and task_instance in"
                                    + " (:ids)")
                    .param("task", TASK)
                    .param(
                            "ids",
                            scheduled.stream().map(SchedulableInstance::getId).toList())
                    .query(String.class)
                    .set();
            scheduled.removeIf(instance -> there.contains(instance.getId()));
            scheduler.scheduleBatch(scheduled);
        }
    }
}
