package dev.rapport.command.relationship;

import org.axonframework.common.transaction.TransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
class ReadinessConfiguration {

    @Bean
    @Lazy // Axon has its repositories only when it has started
    Readiness readiness(
            org.axonframework.config.Configuration axon,
            TransactionManager transactions,
            UpgradePolicy policy,
            DueDates dueDates) {
        return new Readiness(axon.repository(Relationship.class), transactions, policy, dueDates);
    }
}
