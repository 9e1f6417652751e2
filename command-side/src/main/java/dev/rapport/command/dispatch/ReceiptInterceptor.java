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

/**
 * Around every decision: keeps a receipt of it, in its transaction. Nobody looks for an earlier one before a first decision, since hardly any
 * request comes twice: when one does, its receipt can't be kept, or the command is refused, and it is decided again by somebody who looks.
 */
final class ReceiptInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    static final String RECEIPT = "receipt";

    /** Names, in a message, that an earlier receipt is to be looked for first. */
    static final String LOOKS_FIRST = "looksFirst";

    private final ReceiptTable receipts;

    ReceiptInterceptor(ReceiptTable receipts) {
        this.receipts = receipts;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        CommandMessage<?> message = unitOfWork.getMessage();
        ReceiptKey key = (@Nullable ReceiptKey) message.getMetaData().get(RECEIPT);
        if (key != null && message.getMetaData().containsKey(LOOKS_FIRST)) {
            Optional<Answer> before = receipts.find(key);
            if (before.isPresent()) {
                return Given.before(before.get());
            }
        }
        DomainCommand command = (DomainCommand) message.getPayload();
        long version = (Long) chain.proceed();
        Accepted accepted = new Accepted(command.answersWith(), command.stream(), version);
        if (key != null) {
            receipts.keep(key, accepted, Circumstances.of(message).receivedAt());
        }
        return Given.now(accepted);
    }
}
