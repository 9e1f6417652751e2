package dev.rapport.door;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives management a port of its own, whether one was chosen or not: the next one where the API has its usual port, else any that is free.
 *
 * @param usualPort the API's, unless another one is chosen
 */
public record ManagementPort(int usualPort) implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String MANAGEMENT_PORT = "management.server.port";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!environment.containsProperty(MANAGEMENT_PORT)) {
            boolean usual = environment.getRequiredProperty("server.port", int.class) == usualPort;
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "management's port", Map.of(MANAGEMENT_PORT, usual ? usualPort + 1 : 0)));
        }
    }
}
