package dev.rapport.query.webhook;

import dev.rapport.events.storage.EventLog;
import dev.rapport.query.metrics.Reading;
import dev.rapport.query.metrics.Sampled;
import dev.rapport.query.webhook.Webhook.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Tells how many webhooks there are, and what they have yet to deliver; not which, nor to whom. */
@Component
class WebhookMetrics implements MeterBinder, Sampled {

    private final EventLog log;
    private final WebhookTable webhooks;
    private final Reading outstanding = new Reading();
    private final Reading deadLetters = new Reading();
    private final Map<State, Reading> states = new EnumMap<>(State.class);

    WebhookMetrics(EventLog log, WebhookTable webhooks) {
        this.log = log;
        this.webhooks = webhooks;
        for (State state : State.values()) {
            states.put(state, new Reading());
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        states.forEach((state, number) -> number.gauge("rapport.webhooks", "Webhooks, by whether they deliver")
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry));
        outstanding
                .gauge(
                        "rapport.webhook.outstanding",
                        "Positions of the log that active webhooks have yet to look at, of all webhooks together")
                .baseUnit("events")
                .register(registry);
        deadLetters
                .gauge(
                        "rapport.webhook.dead.letters",
                        "Events that receivers of webhooks did not take, or that wait behind one")
                .register(registry);
    }

    @Override
    public void sample() {
        Map<State, Integer> counted = webhooks.countByState();
        states.forEach((state, number) -> number.is(counted.getOrDefault(state, 0)));
        long head = log.lastStablePosition();
        outstanding.is(webhooks.positionsOfActive().stream()
                .mapToDouble(position -> (double) Math.max(0, head - position))
                .sum());
        deadLetters.is(webhooks.countDeadLetters());
    }

    @Override
    public void unknown() {
        states.values().forEach(Reading::unknown);
        outstanding.unknown();
        deadLetters.unknown();
    }
}
