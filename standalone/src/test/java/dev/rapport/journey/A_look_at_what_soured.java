package dev.rapport.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The story that the console is for, in a browser, with the sample data. */
@ExtendWith(NeedsChromium.class)
class A_look_at_what_soured {

    private static final String SOURED = "Quillfern Oakenrow";

    @TempDir
    private Path data;

    @Test
    void finds_it_sees_why_goes_back_verifies_and_stays_up_to_date() throws Exception {
        try (RunningRapport rapport = RunningRapport.withSampleData(data);
                Chromium chromium = Chromium.start();
                Window auditor = chromium.window(rapport.address()).signIn("auditor");
                Window manager = chromium.window(rapport.address()).signIn("manager1")) {
            find(auditor);
            seeWhy(auditor);
            goBackToTheDayBefore(auditor);
            verify(auditor);
            seeWhatAnotherWindowRecords(auditor, manager);

            assertThat(auditor.faults()).isEmpty();
            assertThat(manager.faults()).isEmpty();
            assertThat(auditor.askedElsewhere()).isEmpty();
        }
    }

    /** Levels disagree and trust is low: it is among the first of those with the least trust. */
    private static void find(Window window) {
        window.page().getByLabel("Levels disagree").check();
        assertThat(window.page()).hasURL(Pattern.compile("mismatch=true"));
        window.settle();
        window.screenshot("story-1-find");
        window.link(SOURED).click();
        window.settle();
        assertThat(window.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(SOURED)))
                .isVisible();
    }

    /** The evidence against them, in words, and on the curve. */
    private static void seeWhy(Window window) {
        assertThat(window.page().locator(".why.in-them .evidence.against").first())
                .isVisible();
        Locator broken = window.page()
                .getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName(Pattern.compile("^Evidence")))
                .getByRole(
                        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("Commitment broken")))
                .first();
        broken.hover(new Locator.HoverOptions().setForce(true)); // a neighbour may be in front of it, and is told of
        assertThat(window.page().locator(".tip")).isVisible();
        broken.focus();
        assertThat(window.page().locator(".tip")).containsText("Commitment broken");
        assertThat(window.page().locator(".tip")).containsText("Against");
        window.page().locator(".chart-card").evaluate("chart => chart.scrollIntoView({ block: 'end' })");
        window.screenshot("story-2-why");
    }

    /** Declared level and trust are those of the day before the downgrade. */
    private static void goBackToTheDayBefore(Window window) {
        assertThat(window.page().locator(".stair-declared")).containsText("Transactional");
        window.link("Time machine").last().click();
        window.settle();
        Locator validAt = window.page().getByLabel("Valid at");
        validAt.focus();
        validAt.press("ArrowLeft");
        assertThat(window.page()).hasURL(Pattern.compile("valid="));
        String url = window.page().url();
        window.open(url.replaceAll("valid=[^&]*", "valid=2026-02-18"));

        Locator state = window.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("State"));
        assertThat(state).containsText("We declareAdded value");
        window.page().getByLabel("Known at").press("Home");
        assertThat(window.page()).hasURL(Pattern.compile("known=1"));
        window.open(url.replaceAll("valid=[^&]*", "valid=2026-02-19"));
        assertThat(state).containsText("We declareTransactional");
        window.screenshot("story-3-back");
    }

    private static void verify(Window window) throws Exception {
        window.button("Verify the whole log").click();
        assertThat(window.page().getByText("the log matches", new Page.GetByTextOptions().setExact(true)))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        window.screenshot("story-4-verified");
        Download bundle = window.page()
                .waitForDownload(
                        () -> window.button("Take the evidence away (zip)").click());
        try (ZipFile evidence = new ZipFile(bundle.path().toFile())) {
            assertThat(evidence.size()).isGreaterThan(3);
        }
    }

    private static void seeWhatAnotherWindowRecords(Window first, Window second) {
        first.open("/console/relationships/quillfern?view=history");
        second.open("/console/relationships/quillfern");
        second.button("Log interaction").click();
        second.page().getByLabel("What was said").fill("They ask for a fresh start, and bring the source code along.");
        second.page()
                .getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Log interaction"))
                .click();
        assertThat(second.page().getByRole(AriaRole.DIALOG)).hasCount(0);

        assertThat(first.page().locator(".event").first()).containsText("They ask for a fresh start");
        first.screenshot("story-5-live");
    }
}
