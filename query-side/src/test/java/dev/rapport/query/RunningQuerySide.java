package dev.rapport.query;

import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventLog;
import dev.rapport.query.consistency.ConsistencyGate;
import dev.rapport.query.projection.Faults;
import dev.rapport.query.projection.FaultyReadModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The query side of one log, listening on a port of its own. */
final class RunningQuerySide implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String AUDIT_URL = "--rapport.audit.url=";

    private static final ReentrantLock SETTING_UP_LOGS = new ReentrantLock();

    /** When queries are asked unless a test sets it: some weeks after what happens in most tests. */
    private static final Instant A_DAY_IN_MAY = Instant.parse("2026-05-04T09:00:00Z");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Log log;
    private final ConfigurableApplicationContext context;
    private final URI root;
    final SettableClock clock;
    private final Map<StreamName, Long> shown = new ConcurrentHashMap<>();

    /** What the class files say is read once for all contexts: it is a good part of what the start of one takes. */
    private static final class OfReadClasses extends AnnotationConfigServletWebServerApplicationContext {

        private static final Map<Resource, MetadataReader> READ = new ConcurrentHashMap<>();

        @Override
        @SuppressWarnings("unchecked") // the caches of a type are of that type, says Spring
        public <T> Map<Resource, T> getResourceCache(Class<T> type) {
            return type == MetadataReader.class ? (Map<Resource, T>) READ : super.getResourceCache(type);
        }
    }

    private RunningQuerySide(Log log, ConfigurableApplicationContext context, SettableClock clock) {
        this.log = log;
        this.clock = clock;
        this.context = context;
        this.root = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** Starts on a new read database. */
    static RunningQuerySide of(Log log, Database database) {
        return of(log, database, database.freshUrl());
    }

    static RunningQuerySide of(Log log, Database database, String readUrl, String... settings) {
        return of(log, database, readUrl, _ -> {}, settings);
    }

    /** Starts with read models that have faults. */
    static RunningQuerySide faulty(Log log, Database database, String readUrl, Faults faults, String... settings) {
        return of(
                log,
                database,
                readUrl,
                application -> {
                    application.registerBean(Faults.class, () -> faults);
                    application.registerBean(FaultyReadModels.class, bean -> bean.setPrimary(true));
                },
                settings);
    }

    private static RunningQuerySide of(
            Log log, Database database, String readUrl, Consumer<GenericApplicationContext> more, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=WARN",
                "--spring.threads.virtual.enabled=true",
                "--rapport.read.url=" + readUrl,
                "--rapport.read.username=" + database.user(),
                "--rapport.audit.username=" + database.user()));
        if (Arrays.stream(settings).noneMatch(setting -> setting.startsWith(AUDIT_URL))) {
            arguments.add(AUDIT_URL + database.freshUrl());
        }
        arguments.addAll(List.of(settings));
        var clock = new SettableClock(A_DAY_IN_MAY);
        var context = started(
                new SpringApplicationBuilder(QueryApplication.class)
                        .contextFactory(_ -> new OfReadClasses())
                        .initializers(fresh -> {
                            var application = (GenericApplicationContext) fresh;
                            application.registerBean(
                                    EventLog.class, () -> log.log, bean -> bean.setDestroyMethodName(""));
                            application.registerBean(Clock.class, () -> clock);
                            more.accept(application);
                        }),
                arguments);
        return new RunningQuerySide(log, context, clock);
    }

    /** Logging is one for all, and whoever starts sets it up before its context is made: one at a time. */
    private static ConfigurableApplicationContext started(
            SpringApplicationBuilder application, List<String> arguments) {
        SETTING_UP_LOGS.lock();
        try {
            return application.initializers(_ -> SETTING_UP_LOGS.unlock()).run(arguments.toArray(String[]::new));
        } finally {
            if (SETTING_UP_LOGS.isHeldByCurrentThread()) {
                SETTING_UP_LOGS.unlock();
            }
        }
    }

    URI root() {
        return root;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    void inReadTransaction(Runnable work) {
        var transactions = context.getBean("readTransactions", PlatformTransactionManager.class);
        new TransactionTemplate(transactions).executeWithoutResult(_ -> work.run());
    }

    /** Waits until the read models have seen everything that the log has now; what they were seen to show they still do. */
    void catchUp() {
        log.versions().forEach((stream, version) -> {
            if (!version.equals(shown.get(stream))) {
                catchUp(stream, version);
                shown.put(stream, version);
            }
        });
    }

    /** Waits until the read models have seen a version of a stream. */
    void catchUp(StreamName stream, long version) {
        var gate = context.getBean(ConsistencyGate.class);
        try {
            if (!gate.await(new ConsistencyToken(stream, version), PATIENCE)) {
                throw new AssertionError("the read models never saw version " + version + " of " + stream);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Answer get(String user, String path, String... headers) {
        return send(request(user, path, headers).GET().build());
    }

    Answer post(String user, String path, String body) {
        return send(request(user, path, "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    Answer send(HttpRequest request) {
        try {
            return new Answer(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder request(String user, String path, String... headers) {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(root.resolve(path)).header("Authorization", "Basic " + credentials);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(root.resolve(path));
    }

    /** All items of a list, page by page along the links. */
    List<JsonNode> all(String user, String path) {
        List<JsonNode> items = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            Answer page = get(user, next.get()).ok();
            page.json().get("items").forEach(items::add);
            next = page.next();
        }
        return items;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        Answer ok() {
            if (status() != 200) {
                throw new AssertionError(response.uri() + " answered " + status() + ": " + response.body());
            }
            return this;
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        List<String> ids() {
            return json().get("items")
                    .valueStream()
                    .map(item -> item.get("id").asString())
                    .toList();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The path of the next page, by the Link header. */
        Optional<String> next() {
            return response.headers().firstValue("Link").map(link -> link.substring(1, link.indexOf('>')));
        }
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }
}
