package dev.rapport.command.deadlines;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.rapport.command.deadlines.DeadlineTable.Change;
import dev.rapport.command.eventstore.GroupCommit;
import java.time.Instant;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.deadline.dbscheduler.DbSchedulerBinaryDeadlineDetails;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineToken;
import org.axonframework.messaging.ScopeAwareProvider;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.messaging.interceptors.TransactionManagingInterceptor;
import org.axonframework.modelling.command.AggregateScopeDescriptor;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Axon's deadline manager on db-scheduler, with ids that can be found again: a deadline's id is made of its name and its aggregate. Axon's
 * own are random, so an aggregate would have to put them into events to cancel by them, and cancelling by name reads every deadline
 * that there is.
 */
final class NamedDeadlineManager extends DbSchedulerDeadlineManager {

    static final TaskDescriptor<DbSchedulerBinaryDeadlineDetails> TASK =
            TaskDescriptor.of(new DbSchedulerDeadlineToken("").getTaskName(), DbSchedulerBinaryDeadlineDetails.class);

    private final Serializer serializer;
    private final GroupCommit commits;
    private final DeadlineTable table;

    NamedDeadlineManager(
            Scheduler scheduler,
            ScopeAwareProvider scopes,
            Serializer serializer,
            GroupCommit commits,
            DeadlineTable table) {
        super(DbSchedulerDeadlineManager.builder()
                .scheduler(scheduler)
                .scopeAwareProvider(scopes)
                .serializer(serializer)
                .startScheduler(false)
                .stopScheduler(false));
        this.serializer = serializer;
        this.commits = commits;
        this.table = table;
        // not by the builder: it would attach the transaction to a unit of work that has not begun
        registerHandlerInterceptor(new TransactionManagingInterceptor<>(commits));
    }

    @Override
    public String schedule(Instant at, String deadlineName, @Nullable Object payload, ScopeDescriptor scope) {
        String id = idOf(deadlineName, scope);
        DeadlineMessage<?> message = GenericDeadlineMessage.asDeadlineMessage(deadlineName, payload, at);
        TaskInstance<?> instance = instance(id, processDispatchInterceptors(message), scope);
        commits.write(table, new Change(id, SchedulableInstance.of(instance, at)));
        return id;
    }

    @Override
    public void cancelAllWithinScope(String deadlineName, ScopeDescriptor scope) {
        commits.write(table, new Change(idOf(deadlineName, scope), null));
    }

    private TaskInstance<DbSchedulerBinaryDeadlineDetails> instance(
            String id, DeadlineMessage<?> message, ScopeDescriptor scope) {
        SerializedObject<byte[]> descriptor = serializer.serialize(scope, byte[].class);
        SerializedObject<byte[]> payload = serializer.serialize(message.getPayload(), byte[].class);
        SerializedObject<byte[]> metaData = serializer.serialize(message.getMetaData(), byte[].class);
        return TASK.instance(id)
                .data(new DbSchedulerBinaryDeadlineDetails(
                        message.getDeadlineName(),
                        descriptor.getData(),
                        descriptor.getType().getName(),
                        payload.getData(),
                        payload.getType().getName(),
                        payload.getType().getRevision(),
                        metaData.getData()))
                .build();
    }

    /** The stream whose deadline has this id: the part before the second slash, since no id of a stream contains one. */
    static String streamOf(String id) {
        return id.substring(0, id.indexOf('/', id.indexOf('/') + 1));
    }

    private static String idOf(String deadlineName, ScopeDescriptor scope) {
        return ((AggregateScopeDescriptor) scope).getIdentifier() + "/" + deadlineName;
    }
}
