package dev.rapport.query.trust;

import dev.rapport.events.trust.TrustModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/** The policies that ship, and those of a folder. One that can't be used stops the start. */
@Configuration(proxyBeanMethods = false)
class TrustConfiguration {

    private static final String SHIPPED = "classpath*:policies/trust/*.json";

    @Bean
    TrustPolicies trustPolicies(
            ResourcePatternResolver resources,
            @Value("${rapport.trust.policy:prudent}") String usual,
            @Value("${rapport.trust.policies:}") String folder)
            throws IOException {
        List<TrustModel> models = new ArrayList<>();
        for (Resource file : resources.getResources(SHIPPED)) {
            models.add(new TrustModel(TrustPolicyFile.read(file)));
        }
        if (!folder.isEmpty()) {
            for (Resource file : resources.getResources("file:" + folder + "/*.json")) {
                models.add(new TrustModel(TrustPolicyFile.read(file)));
            }
        }
        return new TrustPolicies(models, usual);
    }
}
