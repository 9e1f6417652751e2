package dev.rapport.command.dispatch;

import dev.rapport.command.Circumstances;
import dev.rapport.events.Provenance;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/** Puts on every event where it comes from: who gave the command, when it occurred, and which messages led to it. */
public final class EventProvenance implements CorrelationDataProvider {

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        Map<String, Object> provenance = new HashMap<>();
        provenance.put(Provenance.CAUSATION_ID, message.getIdentifier());
        provenance.put(
                Provenance.CORRELATION_ID,
                message.getMetaData().getOrDefault(Provenance.CORRELATION_ID, message.getIdentifier()));
        if (message instanceof CommandMessage<?>) {
            Circumstances circumstances = Circumstances.of(message);
            provenance.put(Provenance.SUBJECT, circumstances.caller().subject());
            provenance.put(Provenance.ROLE, circumstances.caller().role().name());
            provenance.put(Provenance.OCCURRED_AT, circumstances.occurredAt().toString());
            if (message.getMetaData().get(ReceiptInterceptor.RECEIPT) instanceof ReceiptKey key
                    && !key.scope().equals(ReceiptKey.IMPORTS)) {
                provenance.put(Provenance.IDEMPOTENCY_KEY, key.key());
            }
        }
        return provenance;
    }
}
