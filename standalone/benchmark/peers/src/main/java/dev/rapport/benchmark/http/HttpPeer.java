package dev.rapport.benchmark.http;

import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Setting;
import dev.rapport.benchmark.subject.SubjectProcess;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A peer that listens on a port of its own. */
public final class HttpPeer {

    private HttpPeer() {}

    /** What a peer has to offer beside HTTP. */
    @FunctionalInterface
    public interface Filling {
        void fill(Past past) throws Exception;

        /** Whether whatever follows what was posted has seen all of it. */
        default boolean hasSettled() {
            return true;
        }
    }

    /** The settings that all peers have, so that they differ in what is measured only. */
    public static ConfigurableApplicationContext start(Class<?> application, Map<String, Object> more) {
        return new SpringApplicationBuilder(application)
                .properties(Map.of(
                        "server.address", "127.0.0.1",
                        "server.port", "0",
                        "spring.threads.virtual.enabled", "true",
                        "spring.main.banner-mode", "off",
                        "spring.datasource.url", Setting.of("url"),
                        "spring.datasource.username", Setting.of("user"),
                        "spring.datasource.hikari.maximum-pool-size", Setting.number("pool"),
                        "spring.jpa.hibernate.ddl-auto", "create",
                        "spring.jpa.open-in-view", "false",
                        "logging.level.root", "warn"))
                .properties(more)
                .run();
    }

    /** Tells the port, and fills when it is asked to. */
    public static void serve(SubjectProcess process, ConfigurableApplicationContext context, Filling filling)
            throws IOException {
        process.serve((verb, arguments) -> switch (verb) {
            case "port" -> context.getEnvironment().getRequiredProperty("local.server.port");
            case "fill" -> {
                filling.fill(Setting.past());
                yield "filled";
            }
            case "settled" -> String.valueOf(filling.hasSettled());
            default -> throw new IllegalArgumentException(verb);
        });
    }
}
