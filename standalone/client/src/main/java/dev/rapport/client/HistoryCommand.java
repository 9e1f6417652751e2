package dev.rapport.client;

import static dev.rapport.client.failure.Exit.DONE;
import static dev.rapport.client.failure.Exit.MISUSED;

import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.failure.Exit;
import dev.rapport.client.failure.Printable;
import dev.rapport.client.http.RapportApi;
import dev.rapport.client.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the history of a relationship. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Tells the history of a relationship, what was recorded last first.",
        description = {
            "",
            "Each entry has when it occurred, the relationship's version after it, and what happened; and when it was"
                    + " recorded, if that was on another day."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rapport history skerrow --limit 10",
            "  rapport history skerrow --type CommitmentBroken --type CommitmentKept --all",
            "  rapport history skerrow --from 2026-01-01 --to 2026-04-01 --json | jq .summary"
        })
final class HistoryCommand extends SurroundedCommand {

    private static final int MOST_AT_ONCE = 500;
    private static final String INDENT = " ".repeat(25);

    @Parameters(paramLabel = "ID", description = "The relationship.")
    private String id = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "So many entries (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--all", description = "All entries.")
    private boolean all;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where an earlier call ended, as it said.")
    private @Nullable String cursor;

    @Option(
            names = "--type",
            paramLabel = "EVENT",
            description = "Only what is of this type, such as CommitmentKept. May be repeated.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only what occurred at this time or later; a date, or a time with its offset.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only what occurred before this time.")
    private @Nullable String to;

    @Option(names = "--json", description = "As the interface answers it, an entry a line.")
    private boolean isJson;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Tell times as in this zone, such as Europe/Berlin; in UTC, if it isn't said.")
    private @Nullable String zone;

    @Mixin
    private ServerOptions server = new ServerOptions();

    HistoryCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Exit run() {
        if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new ClientFailure(MISUSED, "“" + id + "” is no id of a relationship");
        }
        if (limit < 1) {
            throw new ClientFailure(MISUSED, "--limit is 1 or more");
        }
        DateTimeFormatter times =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(zone());
        RapportApi rapport = server.rapport(surroundings());
        String next = cursor == null ? "" : cursor;
        long left = all ? Long.MAX_VALUE : limit;
        do {
            Json page = rapport.document(
                    "/relationships/" + id + "/history", query(next, (int) Math.min(left, MOST_AT_ONCE)));
            for (Json item : page.get("items").items()) {
                tell(item, times);
                left--;
            }
            next = page.get("nextCursor").text();
        } while (left > 0 && !next.isEmpty());
        if (!next.isEmpty()) {
            surroundings().say("there is more: --all, or --cursor " + next);
        }
        return DONE;
    }

    private ZoneId zone() {
        try {
            return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new ClientFailure(MISUSED, "--zone: there is none that is called " + zone, e);
        }
    }

    private List<Map.Entry<String, String>> query(String after, int most) {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        query.add(Map.entry("limit", String.valueOf(most)));
        types.forEach(type -> query.add(Map.entry("type", type)));
        if (from != null) {
            query.add(Map.entry("from", from));
        }
        if (to != null) {
            query.add(Map.entry("to", to));
        }
        if (!after.isEmpty()) {
            query.add(Map.entry("cursor", after));
        }
        return query;
    }

    private void tell(Json item, DateTimeFormatter times) {
        if (isJson) {
            surroundings().out().println(item);
            return;
        }
        String occurred = times.format(Instant.parse(item.get("occurredAt").text()));
        String recorded = times.format(Instant.parse(item.get("recordedAt").text()));
        surroundings()
                .out()
                .printf(
                        "%s  %6s  %s%n",
                        occurred,
                        "v" + item.get("version").text(),
                        Printable.lines(item.get("summary").text()).replace("\n", "\n" + INDENT + " "));
        if (!occurred.substring(0, 10).equals(recorded.substring(0, 10))) {
            surroundings()
                    .out()
                    .println(INDENT + " recorded " + recorded + " by "
                            + Printable.line(item.get("recordedBy").text()));
        }
    }
}
