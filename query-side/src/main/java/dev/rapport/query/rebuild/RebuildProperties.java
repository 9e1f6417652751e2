package dev.rapport.query.rebuild;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How read models are rebuilt.
 *
 * @param workers how many shares of the streams are filled in side by side
 * @param batchSize how many events are filled in by one transaction at most
 * @param shareSize about how many events a share of the streams has
 * @param lease how long a node that is gone keeps others from going on with its rebuild
 * @param patience how long to wait for a live generation that does not come on
 * @param keepOld how long a generation that was replaced is kept, for those who still read it
 * @param lookEvery how often a node looks whether there is something to do
 */
@ConfigurationProperties("rapport.rebuild")
record RebuildProperties(
        @DefaultValue("3") int workers,
        @DefaultValue("1000") int batchSize,
        @DefaultValue("20000") int shareSize,
        @DefaultValue("PT15S") Duration lease,
        @DefaultValue("PT1M") Duration patience,
        @DefaultValue("PT2M") Duration keepOld,
        @DefaultValue("PT1S") Duration lookEvery) {}
