package dev.rapport.query.practice;

import dev.rapport.events.policy.PolicyFile;
import dev.rapport.events.problem.SettingName;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** What practice is judged by: a policy, the time, and a language to tell it in. */
@Configuration(proxyBeanMethods = false)
class PracticeConfiguration {

    /** A policy that makes no sense stops the start. */
    @Bean
    PracticePolicy practicePolicy(
            @Value("${rapport.practice-policy:classpath:policies/practice-standard.json}") Resource file) {
        return PolicyFile.read(
                file.getDescription(),
                new SettingName("rapport.practice-policy"),
                file::getInputStream,
                PracticePolicy.class,
                Function.identity());
    }

    /** By the application's clock, if it has one, and in the zone of its days. */
    @Bean
    PracticeClock practiceClock(
            PracticePolicy policy, ObjectProvider<Clock> clock, @Value("${rapport.zone:UTC}") ZoneId zone) {
        return new PracticeClock(policy, clock.getIfAvailable(Clock::systemUTC), zone);
    }

    @Bean
    PracticeSentences practiceSentences() {
        return new EnglishPracticeSentences();
    }
}
