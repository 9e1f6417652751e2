package dev.rapport.command;

import dev.rapport.command.relationship.DueDates;
import dev.rapport.command.relationship.UpgradePolicy;
import dev.rapport.events.policy.PolicyFile;
import dev.rapport.events.policy.TrustPolicies;
import dev.rapport.events.problem.SettingName;
import dev.rapport.events.trust.TrustModel;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.io.Resource;

/** The command side as a whole, for an application to import. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        excludeFilters = @ComponentScan.Filter(SpringBootConfiguration.class))
public class CommandSide {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The days of the organization: when something that is due on a day is overdue. */
    @Bean
    DueDates dueDates(@Value("${rapport.zone:UTC}") ZoneId zone) {
        return new DueDates(zone);
    }

    /** What scores the trust that decisions are taken on. */
    @Bean
    TrustModel trustModel(
            @Value("${rapport.trust.policy:prudent}") String usual,
            @Value("${rapport.trust.policies:}") String folder) {
        return new TrustPolicies(usual, folder.isEmpty() ? null : Path.of(folder)).usual();
    }

    /** What an upgrade asks for; a policy that makes no sense stops the start. */
    @Bean
    UpgradePolicy upgradePolicy(
            @Value("${rapport.upgrade-policy:classpath:policies/upgrade-standard.json}") Resource file,
            Validator validator) {
        return PolicyFile.read(
                file.getDescription(),
                new SettingName("rapport.upgrade-policy"),
                file::getInputStream,
                UpgradePolicy.class,
                policy -> valid(policy, validator));
    }

    private static UpgradePolicy valid(UpgradePolicy policy, Validator validator) {
        Set<ConstraintViolation<UpgradePolicy>> faults = validator.validate(policy);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.stream()
                    .map(fault -> fault.getPropertyPath() + " " + fault.getMessage())
                    .sorted()
                    .collect(Collectors.joining("; ")));
        }
        return policy;
    }
}
