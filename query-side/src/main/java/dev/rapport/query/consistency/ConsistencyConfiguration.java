package dev.rapport.query.consistency;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the gate in front of all queries. */
@Configuration(proxyBeanMethods = false)
class ConsistencyConfiguration {

    @Bean
    ConsistencyGate consistencyGate(ProjectedVersions versions) {
        return new ConsistencyGate(versions);
    }

    @Bean
    WebMvcConfigurer consistencyTokens(ConsistencyGate gate) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new ConsistencyInterceptor(gate));
            }
        };
    }
}
