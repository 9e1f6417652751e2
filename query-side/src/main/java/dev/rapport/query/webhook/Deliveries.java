package dev.rapport.query.webhook;

import dev.rapport.events.storage.UnknownEventException;
import dev.rapport.query.stream.EventFeed;
import dev.rapport.query.webhook.WebhookTable.NotHeld;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * The webhooks that this node delivers. It takes each that nobody holds, or whose holder was silent for a lease; so when a node dies
 * the others take over where it noted down that it was. What comes to an event that only a newer version can read is left to nodes of that
 * version, from that very event on.
 */
final class Deliveries implements SmartLifecycle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final WebhookTable table;
    private final EventFeed feed;
    private final WebhookSender sender;
    private final JsonMapper json;
    private final WebhookProperties properties;
    private final String node = UUID.randomUUID().toString();
    private final Map<String, Delivery> running = new ConcurrentHashMap<>();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final ExecutorService deliverers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhooks").factory());
    private volatile boolean started;

    Deliveries(
            WebhookTable table, EventFeed feed, WebhookSender sender, JsonMapper json, WebhookProperties properties) {
        this.table = table;
        this.feed = feed;
        this.sender = sender;
        this.json = json;
        this.properties = properties;
    }

    /** Tells that a webhook was changed; other nodes find out by themselves. */
    void wake(String id) {
        Delivery delivery = running.get(id);
        if (delivery != null) {
            delivery.wake();
        }
        if (started) {
            looking.execute(this::lookForWork);
        }
    }

    private void lookForWork() {
        try {
            for (String id : table.free()) {
                if (started && !running.containsKey(id) && !left.contains(id)) {
                    table.take(id, node, properties.lease()).ifPresent(this::begin);
                }
            }
        } catch (RuntimeException away) {
            LOG.warn("Webhooks cannot be looked for: {}", away.toString());
        }
    }

    private void begin(Webhook webhook) {
        var delivery = new Delivery(webhook, node, table, feed, sender, json, properties);
        running.put(webhook.id(), delivery);
        deliverers.execute(() -> deliver(webhook.id(), delivery));
    }

    private void deliver(String id, Delivery delivery) {
        try {
            delivery.run();
        } catch (NotHeld changed) {
            LOG.debug("Webhook {} is no longer held by this node", id);
        } catch (UnknownEventException newer) {
            left.add(id);
            LOG.info("Webhook {} is left to nodes of a newer version: {}", id, newer.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("The deliveries of webhook {} begin anew", id, failure);
        } finally {
            running.remove(id);
        }
    }

    @Override
    public void start() {
        started = true;
        var _ = looking.scheduleWithFixedDelay(
                this::lookForWork, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Each finishes the message that it is sending. */
    @Override
    public void stop() {
        started = false;
        looking.shutdown();
        running.values().forEach(Delivery::stop);
        deliverers.close();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public void close() {
        sender.close();
    }
}
