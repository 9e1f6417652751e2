package dev.rapport.benchmark.rapport;

import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Setting;
import dev.rapport.benchmark.subject.Step;
import dev.rapport.benchmark.subject.Subject;
import dev.rapport.benchmark.subject.SubjectProcess;
import dev.rapport.command.Caller;
import dev.rapport.command.Caller.Role;
import dev.rapport.command.Circumstances;
import dev.rapport.command.CommandSide;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.dispatch.ReceiptKey;
import dev.rapport.command.imports.Importer;
import dev.rapport.door.Door;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.axonframework.springboot.autoconfig.AxonDbSchedulerAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.XStreamAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The command side in one process, as its program starts it, but on H2 too; commanded without HTTP. */
public final class RapportCommandSide implements Subject {

    private static final String MASTER_KEY = "dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRlc3RzISEhISE=";
    private static final Caller HEAD = new Caller("head", Role.HEAD_OF_RELATIONSHIPS);
    private static final String FINGERPRINT = "0".repeat(64);

    private final ConfigurableApplicationContext context;
    private final CommandDispatcher dispatcher;
    private final boolean keyed;

    private RapportCommandSide(ConfigurableApplicationContext context, boolean keyed) {
        this.context = context;
        this.dispatcher = context.getBean(CommandDispatcher.class);
        this.keyed = keyed;
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                DataSourceAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                FlywayAutoConfiguration.class,
                JdbcAutoConfiguration.class,
                AxonDbSchedulerAutoConfiguration.class,
                XStreamAutoConfiguration.class
            })
    @Import({CommandSide.class, Door.class})
    static class OneSide {}

    private static ConfigurableApplicationContext start() {
        System.setProperty("disable-axoniq-console-message", "true");
        return new SpringApplicationBuilder(OneSide.class)
                .properties(Map.of("spring.config.name", "rapport-commands"))
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--rapport.events.url=" + Setting.of("url"),
                        "--rapport.events.username=" + Setting.of("user"),
                        "--rapport.events.pool-size=" + Setting.number("pool"),
                        "--rapport.master-key=" + MASTER_KEY,
                        "--rapport.demo.password=a password",
                        "--logging.level.root=warn");
    }

    @Override
    public void fill(Past past) throws Exception {
        new Recorder(context).record(past);
    }

    @Override
    public void take(Step step) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        ReceiptKey key =
                keyed ? ReceiptKey.ofCaller(HEAD.subject(), UUID.randomUUID().toString(), FINGERPRINT) : null;
        Given given = dispatcher.dispatch(Told.asCommand(step), new Circumstances(HEAD, now, now, null, false), key);
        if (!(given.answer() instanceof Accepted)) {
            throw new IllegalStateException(step + ": " + given.answer());
        }
    }

    @Override
    public void close() {
        context.close();
    }

    public static void main(String... arguments) throws IOException {
        SubjectProcess process = SubjectProcess.ofThisJvm();
        try (RapportCommandSide rapport = new RapportCommandSide(start(), Boolean.parseBoolean(Setting.of("keyed")))) {
            Imports imports = new Imports(rapport.context.getBean(Importer.class));
            process.serve(rapport, Setting.past(), Setting.number("threads"), (verb, words) -> switch (verb) {
                case "import" ->
                    imports.run(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[0])))
                            .line();
                case "deepen" -> {
                    new Recorder(rapport.context).deepen(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
                    yield "deepened";
                }
                default -> throw new IllegalArgumentException(verb);
            });
        }
        process.end();
    }
}
