package dev.rapport.query.projection;

import dev.rapport.query.database.FeedingVersion;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Has the nodes that feed the read models share the segments. A node takes whatever segment is free, so the first one has them all: whoever
 * works on at least two more than another node lets go of one, and the other takes it. A node that has become an older one lets go of all, and is
 * not counted any more.
 */
@Component
final class SegmentSharing implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(SegmentSharing.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** As those call themselves who own a segment. */
    private final String self = ManagementFactory.getRuntimeMXBean().getName();

    private final ReadModelProcessor processor;
    private final SegmentTable segments;
    private final FeedingNodeTable nodes;
    private final FeedingVersion version;
    private @Nullable ScheduledExecutorService looking;

    SegmentSharing(
            ReadModelProcessor processor, SegmentTable segments, FeedingNodeTable nodes, FeedingVersion version) {
        this.processor = processor;
        this.segments = segments;
        this.nodes = nodes;
        this.version = version;
    }

    @Override
    public void start() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("segment-sharing").factory());
        looking = thread;
        var _ = thread.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (version.isBehind()) {
                processor.leaveToOthers();
                nodes.leaves(self);
                return;
            }
            List<Optional<String>> owners = segments.owners();
            if (owners.size() > 1 && hasTooMany(self, nodes.present(self), owners)) {
                processor.letGoOfOne();
            }
        } catch (RuntimeException away) { // whatever it is: one that is thrown would end all looking
            logger.warn("The read database does not tell who feeds it: {}", away.toString());
        }
    }

    /** Never while a segment is free, or with a node that is gone: then others are about to take it. */
    static boolean hasTooMany(String self, Set<String> present, List<Optional<String>> owners) {
        return owners.stream().allMatch(owner -> owner.filter(present::contains).isPresent())
                && present.stream().anyMatch(other -> share(self, owners) - share(other, owners) > 1);
    }

    private static int share(String node, List<Optional<String>> owners) {
        return Collections.frequency(owners, Optional.of(node));
    }

    /** Not by an interrupt: that would close the file under H2. */
    @Override
    public void stop() {
        ScheduledExecutorService thread = looking;
        looking = null;
        if (thread != null) {
            thread.close(); // and no look comes after
        }
        try {
            nodes.leaves(self);
        } catch (RuntimeException away) {
            logger.warn("The read database was not told that this node leaves; it will see: {}", away.toString());
        }
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }
}
