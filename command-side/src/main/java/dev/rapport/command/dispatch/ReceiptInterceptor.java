package dev.rapport.command.dispatch;

import dev.rapport.command.Circumstances;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** Around every decision, in its transaction: answers from the receipt if there is one, else decides and keeps a receipt of it. */
final class ReceiptInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    static final String RECEIPT = "receipt";

    private final ReceiptTable receipts;

    ReceiptInterceptor(ReceiptTable receipts) {
        this.receipts = receipts;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        CommandMessage<?> message = unitOfWork.getMessage();
        ReceiptKey key = (@Nullable ReceiptKey) message.getMetaData().get(RECEIPT);
        if (key != null) {
            Optional<Answer> before = receipts.find(key);
            if (before.isPresent()) {
                return Given.before(before.get());
            }
        }
        DomainCommand command = (DomainCommand) message.getPayload();
        long version = (Long) chain.proceed();
        Accepted accepted = new Accepted(command.answersWith(), command.stream(), version);
        if (key != null) {
            // registered after the events were published, hence run after they are appended: the log's lock comes first
            unitOfWork.onPrepareCommit(
                    _ -> receipts.keep(key, accepted, Circumstances.of(message).receivedAt()));
        }
        return Given.now(accepted);
    }
}
