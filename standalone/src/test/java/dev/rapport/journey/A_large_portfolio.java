package dev.rapport.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.options.ColorScheme;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

/** Ten thousand relationships in the console. */
@ExtendWith(NeedsChromium.class)
@Isolated("the frames that are timed would wait for what the others do")
class A_large_portfolio {

    /** 10,000 of them take minutes to bring in: {@code -Drapport.portfolio=10000}. */
    private static final int RELATIONSHIPS = Integer.getInteger("rapport.portfolio", 1_000);

    private static final int MOST_ROWS = 60;
    private static final long MOST_BYTES = 300 * 1024;

    /** How many relationships the page says that it has read. */
    private static final String LOADED =
            "Number.parseInt(document.querySelector('.table-end').textContent.replace(',', ''))";

    @TempDir
    private static Path data;

    private static RunningRapport rapport;
    private static Chromium chromium;

    @BeforeAll
    static void establish() {
        if (!NeedsChromium.isTried()) {
            return;
        }
        chromium = Chromium.start();
        rapport = RunningRapport.in(data);
        Client head = rapport.as("head");
        String lines = IntStream.range(0, RELATIONSHIPS)
                .boxed()
                .flatMap(A_large_portfolio::established)
                .map(line -> JsonMapper.shared().writeValueAsString(line) + "\n")
                .collect(Collectors.joining());
        var last = head.imports(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)))
                .getLast();
        assertThat(last.path("accepted").asInt()).isEqualTo(2 * RELATIONSHIPS);
    }

    private static Stream<Map<String, Object>> established(int number) {
        String name = "Stakeholder %05d".formatted(number);
        return Stream.of(
                fields(
                        "command",
                        "RegisterStakeholder",
                        "id",
                        "s-" + number,
                        "name",
                        name,
                        "kind",
                        "SUPPLIER",
                        "group",
                        "g"),
                fields("command", "EstablishRelationship", "id", "r-" + number, "stakeholderId", "s-" + number));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            rapport.close();
        }
    }

    private static int loaded(Window window) {
        return ((Number) window.page().evaluate(LOADED)).intValue();
    }

    @Test
    void scrolls_to_its_end_with_only_the_rows_in_sight_on_the_page() {
        try (Window window = chromium.window(rapport.address()).signIn("head")) {
            window.open("/?sort=name");
            for (int loaded = loaded(window); loaded < RELATIONSHIPS; loaded = loaded(window)) {
                window.page().evaluate("scrollTo(0, document.documentElement.scrollHeight)");
                window.page().waitForFunction("before => " + LOADED + " > before", loaded);
                assertThat(window.page().locator(".row").count()).isLessThan(MOST_ROWS);
            }
            window.page().evaluate("scrollTo(0, document.documentElement.scrollHeight)");
            assertThat(window.page().locator(".row").last())
                    .containsText("Stakeholder %05d".formatted(RELATIONSHIPS - 1));
            window.page().evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)");
            assertThat(window.page().locator(".row").first()).containsText("Stakeholder 0");

            double median = ((Number) window.page().evaluate("""
                () => new Promise(resolve => {
                    const times = [];
                    let y = 0;
                    let before = performance.now();
                    scrollTo(0, 0);
                    requestAnimationFrame(function step(now) {
                        times.push(now - before);
                        before = now;
                        scrollTo(0, y += 240);
                        if (times.length < 120) requestAnimationFrame(step);
                        else resolve(times.sort((one, other) => one - other)[Math.floor(times.length / 2)]);
                    });
                })\
                """)).doubleValue();
            assertThat(median).as("half of all frames take no longer (ms)").isLessThan(100);
            assertThat(window.faults()).isEmpty();
        }
    }

    @Test
    void weighs_less_than_300_kib_when_it_is_first_loaded() {
        try (Window window = chromium.window(rapport.address(), ColorScheme.LIGHT, 1360, 900)) {
            CDPSession network = window.page().context().newCDPSession(window.page());
            var bytes = new AtomicLong();
            network.send("Network.enable");
            network.on(
                    "Network.loadingFinished",
                    finished -> bytes.addAndGet(
                            (long) finished.get("encodedDataLength").getAsDouble()));
            window.signIn("head");
            window.drawn();
            long portfolio = bytes.get();
            window.open("/console/relationships/r-1");
            long relationship = bytes.get() - portfolio;

            assertThat(portfolio).as("the portfolio").isBetween(20_000L, MOST_BYTES);
            assertThat(portfolio + relationship).as("with a relationship").isLessThan(MOST_BYTES);
        }
    }
}
