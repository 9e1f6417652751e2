package dev.rapport.command.deadlines;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Instant;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.deadline.dbscheduler.DbSchedulerBinaryDeadlineDetails;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineToken;
import org.axonframework.messaging.ScopeAwareProvider;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.modelling.command.AggregateScopeDescriptor;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Axon's deadline manager on db-scheduler, with ids that can be found again: a deadline's id is made of its name and its aggregate. Axon's
 * own are random, so an aggregate would have to put them into events to cancel by them, and cancelling by name reads every deadline
 * that there is.
 */
final class NamedDeadlineManager extends DbSchedulerDeadlineManager {

    private static final Logger log = LoggerFactory.getLogger(NamedDeadlineManager.class);
    private static final TaskDescriptor<DbSchedulerBinaryDeadlineDetails> TASK =
            TaskDescriptor.of(new DbSchedulerDeadlineToken("").getTaskName(), DbSchedulerBinaryDeadlineDetails.class);

    private final Scheduler scheduler;
    private final Serializer serializer;

    NamedDeadlineManager(
            Scheduler scheduler, ScopeAwareProvider scopes, Serializer serializer, TransactionManager transactions) {
        super(DbSchedulerDeadlineManager.builder()
                .scheduler(scheduler)
                .scopeAwareProvider(scopes)
                .serializer(serializer)
                .transactionManager(transactions)
                .startScheduler(false)
                .stopScheduler(false));
        this.scheduler = scheduler;
        this.serializer = serializer;
    }

    @Override
    public String schedule(Instant at, String deadlineName, @Nullable Object payload, ScopeDescriptor scope) {
        String id = idOf(deadlineName, scope);
        DeadlineMessage<?> message = GenericDeadlineMessage.asDeadlineMessage(deadlineName, payload, at);
        runOnPrepareCommitOrNow(
                () -> scheduler.schedule(instance(id, processDispatchInterceptors(message), scope), at));
        return id;
    }

    @Override
    public void cancelAllWithinScope(String deadlineName, ScopeDescriptor scope) {
        runOnPrepareCommitOrNow(() -> cancel(idOf(deadlineName, scope)));
    }

    private void cancel(String id) {
        try {
            scheduler.cancel(new DbSchedulerDeadlineToken(id));
        } catch (TaskInstanceNotFoundException | TaskInstanceCurrentlyExecutingException firedAlready) {
            // the aggregate decides what a deadline means that fires while it is being cancelled
            log.debug("deadline {} has fired or is firing", id);
        }
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
