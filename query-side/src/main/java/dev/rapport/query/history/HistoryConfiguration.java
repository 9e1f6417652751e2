package dev.rapport.query.history;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The language that histories are told in. */
@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

    @Bean
    Sentences sentences() {
        return new EnglishSentences();
    }
}
