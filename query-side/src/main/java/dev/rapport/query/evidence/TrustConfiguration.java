package dev.rapport.query.evidence;

import dev.rapport.events.policy.TrustPolicies;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What trust is scored by: the policies that ship and those of a folder, and the time. A policy that can't be used stops the start. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class TrustConfiguration {

    @Bean
    TrustPolicies trustPolicies(
            @Value("${rapport.trust.policy:prudent}") String usual,
            @Value("${rapport.trust.policies:}") String folder) {
        return new TrustPolicies(usual, folder.isEmpty() ? null : Path.of(folder));
    }

    /** By the application's clock, if it has one, and in the zone of its days. */
    @Bean
    TrustClock trustClock(ObjectProvider<Clock> clock, @Value("${rapport.zone:UTC}") ZoneId zone) {
        return new TrustClock(clock.getIfAvailable(Clock::systemUTC), zone);
    }
}
