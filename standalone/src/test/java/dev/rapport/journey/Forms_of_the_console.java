package dev.rapport.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded through the console: by whom, by the keyboard alone, and what it says when it is refused. */
@ExtendWith(NeedsChromium.class)
class Forms_of_the_console {

    @TempDir
    private static Path data;

    private static RunningRapport rapport;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        if (NeedsChromium.isTried()) {
            chromium = Chromium.start();
            rapport = RunningRapport.in(data);
            new Network(rapport.as("head")).relationship("R", "manager1");
        }
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            rapport.close();
        }
    }

    @Test
    void refuse_a_wrong_password_in_words_and_without_the_browsers_own_dialog() {
        try (Window window = chromium.window(rapport.address())) {
            window.open("/");
            window.page().getByLabel("Name").fill("head");
            window.page().getByLabel("Password").fill("not it");
            window.button("Sign in").click();

            assertThat(window.page().getByRole(AriaRole.ALERT)).hasText("The name or the password is wrong.");
            assertThat(window.page().url()).doesNotContain("not");
            assertThat(window.page().evaluate("sessionStorage.length + document.cookie.length"))
                    .isEqualTo(0);
        }
    }

    @Test
    void say_so_where_there_is_nothing_to_see() {
        try (Window window = chromium.window(rapport.address()).signIn("manager2")) {
            window.open("/console/relationships/R");

            assertThat(window.page().locator("h1")).hasText("No relationship to show");
            assertThat(window.page().getByRole(AriaRole.ALERT)).containsText("R");
            assertThat(window.axeViolations()).isEmpty();
        }
    }

    @Test
    void show_each_problem_at_its_field() {
        try (Window window = chromium.window(rapport.address()).signIn("manager1")) {
            window.open("/console/relationships/R?view=commitments");
            window.button("Record commitment").click();
            window.page().locator("dialog button[type=submit]").click();

            Locator statement = window.page().getByLabel("What is promised");
            assertThat(statement).hasAttribute("aria-invalid", "true");
            assertThat(window.page().getByLabel("Due on")).hasAttribute("aria-invalid", "true");
            assertThat(window.page().getByLabel("Who promises")).not().hasAttribute("aria-invalid", "true");
            assertThat(window.axeViolations()).isEmpty();

            statement.fill("Deliver on Monday");
            window.page().getByLabel("Due on").fill("2035-12-31");
            window.page().locator("dialog button[type=submit]").click();
            assertThat(window.page().getByRole(AriaRole.DIALOG)).hasCount(0);
            assertThat(window.page().locator(".commitment-statement")).hasText("Deliver on Monday");

            window.button("Kept: Deliver on Monday").click();
            window.page().locator("dialog button[type=submit]").click();
            assertThat(window.page().locator(".commitment .tag")).hasText("kept");
        }
    }

    @Test
    void name_every_criterion_that_an_upgrade_lacks() {
        try (Window window = chromium.window(rapport.address()).signIn("manager1")) {
            window.open("/console/relationships/R");
            window.button("Upgrade").click();
            assertThat(window.page().getByLabel(Pattern.compile("override"))).hasCount(0);
            window.page().getByLabel("Rationale").fill("We like them");
            window.page().locator("dialog button[type=submit]").click();

            assertThat(window.page().locator("dialog .unmet").first()).isVisible();
            assertThat(window.page().locator("dialog .unmet").count()).isGreaterThan(3);
            window.screenshot("upgrade-refused");
        }
    }

    @Test
    void are_accepted_when_the_cause_of_a_refusal_is_gone() {
        Client head = rapport.as("head");
        String relationship = new Network(head).relationship("Deepening", "manager1");
        try (Window window = chromium.window(rapport.address()).signIn("manager1")) {
            window.open("/console" + relationship);
            window.button("Upgrade").click();
            window.page().getByLabel("Rationale").fill("Both of us keep what we promise");
            window.page().locator("dialog button[type=submit]").click();
            assertThat(window.page().locator("dialog .unmet").first()).isVisible();

            meetWhatAnUpgradeAsksFor(head, relationship);
            window.page().locator("dialog button[type=submit]").click();

            assertThat(window.page().getByRole(AriaRole.DIALOG)).hasCount(0);
            assertThat(window.page().locator(".stair-declared")).containsText("Added value");
        }
    }

    private static void meetWhatAnUpgradeAsksFor(Client client, String relationship) {
        records(client, relationship + "/stakeholder-levels", "level", "ADDED_VALUE");
        String due = LocalDate.now(ZoneOffset.UTC).plusMonths(1).toString();
        for (String party : List.of("US", "THEM")) {
            String promise = "promise-of-" + party;
            records(
                    client,
                    relationship + "/commitments",
                    "id",
                    promise,
                    "madeBy",
                    party,
                    "statement",
                    "Deliver",
                    "dueOn",
                    due);
            records(client, relationship + "/commitments/" + promise + "/fulfilments");
            records(client, relationship + "/disclosures", "madeBy", party, "kind", "ORDERS", "subject", "Orders");
            records(
                    client,
                    relationship + "/indicators",
                    "owner",
                    party,
                    "requirement",
                    party.equals("US") ? "FAST" : "PROFIT",
                    "level",
                    "TRANSACTIONAL",
                    "name",
                    "Days",
                    "target",
                    30,
                    "better",
                    "LOWER");
        }
    }

    private static void records(Client client, String path, Object... namesAndValues) {
        assertThat(client.command(path, fields(namesAndValues)).status())
                .as(path)
                .isEqualTo(201);
    }

    @Test
    void are_there_for_those_who_may() {
        for (String user : new String[] {"auditor", "reporter"}) {
            try (Window window = chromium.window(rapport.address()).signIn(user)) {
                window.open("/console/relationships/R");
                assertThat(window.button("Log interaction")).hasCount(0);
                assertThat(window.link("Time machine")).hasCount(user.equals("auditor") ? 2 : 0);
                assertThat(window.link("Operations")).hasCount(0);
            }
        }
        try (Window window = chromium.window(rapport.address()).signIn("operator")) {
            assertThat(window.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Operations")))
                    .isVisible();
            assertThat(window.link("Portfolio")).hasCount(0);
        }
    }

    @Test
    void want_nothing_but_a_keyboard() {
        try (Window window = chromium.window(rapport.address())) {
            window.open("/");
            press(window, "Tab");
            window.page().keyboard().type("manager1");
            press(window, "Tab");
            window.page().keyboard().type(RunningRapport.PASSWORD);
            press(window, "Enter");
            assertThat(window.page().getByRole(AriaRole.BANNER)).containsText("manager1");
            window.settle();

            tabTo(window, ".row-link");
            press(window, "Enter");
            window.settle();
            tabTo(window, ".actions button");
            press(window, "Enter");
            tabTo(window, "textarea[name=summary]");
            window.page().keyboard().type("Said with a keyboard");
            tabTo(window, "dialog button[type=submit]");
            press(window, "Enter");
            assertThat(window.page().getByRole(AriaRole.DIALOG)).hasCount(0);
            tabTo(window, ".tabs a[href*=history]");
            press(window, "Enter");
            assertThat(window.page().locator(".event").first()).containsText("Said with a keyboard");
        }
    }

    private static void press(Window window, String key) {
        window.page().keyboard().press(key);
    }

    private static void tabTo(Window window, String selector) {
        for (int stops = 0; stops < 80; stops++) {
            if (Boolean.TRUE.equals(window.page()
                    .evaluate("selector => document.activeElement?.matches(selector) ?? false", selector))) {
                return;
            }
            press(window, "Tab");
        }
        throw new AssertionError("Tab does not lead to " + selector);
    }

    @Test
    void rebuild_the_read_models_before_an_operators_eyes() {
        try (Window window = chromium.window(rapport.address()).signIn("operator")) {
            window.button("Rebuild the read models").click();
            window.page().getByLabel("Reason").fill("To see that nothing is lost");
            window.page().locator("dialog button[type=submit]").click();

            assertThat(window.page().locator(".rebuild").first()).containsText("To see that nothing is lost");
            assertThat(window.page().locator(".rebuild .tag-good").first()).hasText("done");
            assertThat(window.faults()).isEmpty();
        }
    }
}
