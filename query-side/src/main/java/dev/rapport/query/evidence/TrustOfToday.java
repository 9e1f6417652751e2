package dev.rapport.query.evidence;

import dev.rapport.query.database.FeedingVersion;
import dev.rapport.query.database.Generations;
import dev.rapport.query.database.ReadDatabase;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sees to it that the trust told in lists is that of today: before anybody is answered, and when a new day has begun. Several nodes may do so
 * at a time; each finds less to do. An older node leaves it to those that feed the read models.
 */
@Component
public class TrustOfToday implements SmartLifecycle {

    private static final int AT_A_TIME = 200;
    private static final String RENEWAL = "${rapport.trust.renewal:PT1M}";

    private final TrustEvidence evidence;
    private final Generations generations;
    private final FeedingVersion version;
    private final TransactionTemplate transaction;
    private volatile boolean running;

    TrustOfToday(
            TrustEvidence evidence,
            Generations generations,
            FeedingVersion version,
            @ReadDatabase PlatformTransactionManager transactions) {
        this.evidence = evidence;
        this.generations = generations;
        this.version = version;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelayString = RENEWAL, initialDelayString = RENEWAL)
    public void renew() {
        boolean more = !version.isBehind();
        while (more) {
            more = Boolean.TRUE.equals(transaction.execute(_ -> {
                generations.enterLive();
                return evidence.renewSome(AT_A_TIME);
            }));
        }
    }

    @Override
    public void start() {
        renew();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the processors and the web server. */
    @Override
    public int getPhase() {
        return 0;
    }
}
