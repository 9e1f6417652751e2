package dev.rapport.door;

import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;

/**
 * A side in a process of its own. It has no embedded default: what it needs and nobody set is told, all of it at once, before anything is
 * begun.
 *
 * @param application what to start
 * @param settings the name of the side's file of settings, without its ending; an {@code application.yml} beside the jar goes before it
 * @param usualPort where it listens, unless another port is chosen
 * @param needs what somebody has to set
 */
public record OwnProcess(Class<?> application, String settings, int usualPort, List<RequiredSetting> needs) {

    public OwnProcess {
        needs = List.copyOf(needs);
    }

    /** The process, to be run. */
    public SpringApplication toRun() {
        // Axon asks for it by this property only
        System.setProperty("disable-axoniq-console-message", "true");
        SpringApplication toRun = new SpringApplication(application);
        toRun.setDefaultProperties(Map.of("spring.config.name", settings + ",application"));
        toRun.addInitializers(
                context -> RequiredSetting.demand(needs, context.getEnvironment()), new ManagementPort(usualPort));
        return toRun;
    }
}
