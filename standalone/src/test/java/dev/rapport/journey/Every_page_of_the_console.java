package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The console's pages with the sample data, one by one: for everybody, in both themes, on a desk and on a phone. */
@ExtendWith(NeedsChromium.class)
class Every_page_of_the_console {

    record Seen(String name, String user, String path) {}

    private static final List<Seen> PAGES = List.of(
            new Seen("portfolio", "head", "/"),
            new Seen("portfolio-filtered", "head", "/?kind=SUPPLIER&mismatch=true&sort=-trust"),
            new Seen("portfolio-empty", "head", "/?q=nobody-is-called-that"),
            new Seen("relationship", "head", "/console/relationships/quillfern"),
            new Seen("relationship-strands", "head", "/console/relationships/bellwick?strands=true&sides=them&span=1y"),
            new Seen("history", "head", "/console/relationships/quillfern?view=history"),
            new Seen("commitments", "head", "/console/relationships/quillfern?view=commitments"),
            new Seen("alignment", "head", "/console/relationships/employees-council?view=alignment"),
            new Seen("readiness", "head", "/console/relationships/drumlin?view=readiness"),
            new Seen("relationship-reporter", "reporter", "/console/relationships/skerrow?view=history"),
            new Seen("reports-trends", "reporter", "/console/reports"),
            new Seen("reports-portfolio", "reporter", "/console/reports?report=portfolio"),
            new Seen("reports-promises", "manager1", "/console/reports?report=promises&groupBy=manager"),
            new Seen("reports-network", "head", "/console/reports?report=network"),
            new Seen("reports-mismatches", "auditor", "/console/reports?report=mismatches"),
            new Seen("time-machine", "auditor", "/console/time-machine?relationship=quillfern&valid=2026-02-18"),
            new Seen("time-machine-empty", "auditor", "/console/time-machine"),
            new Seen("operations", "operator", "/"),
            new Seen("nowhere", "head", "/console/no-such-page"));

    private static final Path README = Path.of("..", "README.md");
    private static final Path PICTURES = Path.of("..", "docs", "images");
    private static final int PICTURE_WIDTH = 1360;
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;

    @TempDir
    private static Path data;

    private static RunningRapport rapport;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        if (NeedsChromium.isTried()) {
            chromium = Chromium.start();
            rapport = RunningRapport.withSampleData(data);
        }
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            rapport.close();
        }
    }

    static Stream<Seen> pages() {
        return PAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void is_for_everybody_in_light_and_dark_and_on_a_phone(Seen seen) {
        try (Window window =
                chromium.window(rapport.address(), ColorScheme.LIGHT, 1360, 900).signIn(seen.user, seen.path)) {
            for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                window.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                window.drawn();

                window.screenshot(seen.name + "-" + colours.name().toLowerCase(Locale.ROOT));
                assertThat(window.axeViolations()).as(colours.name()).isEmpty();
            }

            window.page().setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
            // nothing sticks out, once what is drawn has been drawn anew
            window.page().waitForFunction("document.documentElement.scrollWidth === " + PHONE_WIDTH);
            window.screenshot(seen.name + "-phone");
            assertThat(window.faults()).isEmpty();
            assertThat(window.askedElsewhere()).isEmpty();
        }
    }

    /** Taken anew by {@code -Drapport.docs=write}. */
    @ParameterizedTest
    @CsvSource({
        "portfolio, 960, head, /",
        "relationship, 1180, head, /console/relationships/quillfern",
        "time-machine, 1060, auditor, /console/time-machine?relationship=quillfern&valid=2026-02-18"
    })
    void has_its_picture_in_the_readme(String name, int height, String user, String path) throws IOException {
        Path picture = PICTURES.resolve(name + ".png");
        try (Window window = chromium.window(rapport.address(), ColorScheme.LIGHT, PICTURE_WIDTH, height)
                .signIn(user, path)) {
            window.drawn();
            if (name.equals("relationship")) {
                Locator evidence = window.page().locator(".mark-on-curve[aria-label*='Commitment broken']");
                evidence.first().waitFor();
                evidence.nth(evidence.count() / 2).focus(); // what happened is told beside it
                window.page().locator(".tip").waitFor();
            }
            if ("write".equals(System.getProperty("rapport.docs"))) {
                window.page().screenshot(new Page.ScreenshotOptions().setPath(picture));
            }
            assertThat(window.faults()).isEmpty();
        }
        BufferedImage shown = ImageIO.read(picture.toFile());
        assertThat(List.of(shown.getWidth(), shown.getHeight())).containsExactly(PICTURE_WIDTH, height);
        assertThat(README).content().contains("](docs/images/" + name + ".png)");
    }

    @Test
    void shows_the_whole_interface_to_everybody() throws IOException {
        try (Window window = chromium.window(rapport.address(), ColorScheme.LIGHT, 1360, 900)) {
            window.page().navigate("/docs#recordCommitment");
            window.page().locator("#recordCommitment").waitFor();
            for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                window.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                window.screenshot("reference-" + colours.name().toLowerCase(Locale.ROOT));
            }
            // in the last of them: the page has thousands of elements, and each is looked at
            assertThat(window.axeViolations()).isEmpty();

            assertThat(window.page().locator(".operation").evaluateAll("all => all.map(one => one.id)"))
                    .asInstanceOf(LIST)
                    .containsExactlyInAnyOrderElementsOf(DocumentedOperation.all().stream()
                            .map(DocumentedOperation::id)
                            .toList());
            assertThat(window.page()
                            .evaluate("[...document.querySelectorAll('a[href^=\"#\"]')]"
                                    + ".map(link => link.hash.slice(1)).filter(id => !document.getElementById(id))"))
                    .asInstanceOf(LIST)
                    .isEmpty();
            assertThat(window.page()
                            .locator("#recordCommitment tr:has-text('relationshipId')")
                            .first()
                            .textContent())
                    .contains("string (like ^[A-Za-z0-9._-]{1,64}$)");
            window.page().setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
            window.page().waitForFunction("document.documentElement.scrollWidth === " + PHONE_WIDTH);
            window.screenshot("reference-phone");
            assertThat(window.faults()).isEmpty();
            assertThat(window.askedElsewhere()).isEmpty();
        }
    }

    @Test
    void asks_who_is_there_before_anything_else() {
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Window window = chromium.window(rapport.address(), colours, 1360, 900)) {
                window.open("/console/relationships/quillfern");

                window.screenshot("sign-in-" + colours.name().toLowerCase(Locale.ROOT));
                assertThat(window.axeViolations()).isEmpty();
                assertThat(window.faults()).isEmpty();
            }
        }
    }
}
