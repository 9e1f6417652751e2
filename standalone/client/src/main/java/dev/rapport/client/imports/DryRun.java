package dev.rapport.client.imports;

import static dev.rapport.client.failure.Exit.FILE;

import dev.rapport.client.api.ApiDocument;
import dev.rapport.client.api.CommandForm;
import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.imports.Item.Command;
import dev.rapport.client.imports.Item.PassedOver;
import dev.rapport.client.imports.Item.Place;
import dev.rapport.client.imports.Item.Unusable;
import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Does as if, without Rapport: reads a whole file, judges the form of every command, and finds what the file has twice. Whether Rapport takes a
 * command that is well formed depends on what it knows, and is not judged.
 */
public final class DryRun {

    private static final String ID = "id";
    private static final String RELATIONSHIP = "relationshipId";
    private static final String STAKEHOLDER = "stakeholderId";
    private static final String ESTABLISH = "EstablishRelationship";
    private static final String REGISTER = "RegisterStakeholder";
    private static final String PROFILE = "ChangeStakeholderProfile";

    private final Source source;
    private final ApiDocument api;
    private final Instant now;
    private final Progress progress;
    private final Sink sink;

    private final Map<String, Taken> taken = new HashMap<>();
    private final Set<String> named = new HashSet<>();
    private final Set<String> assumed = new LinkedHashSet<>();
    private final Map<String, Long> commands = new TreeMap<>();
    private final Map<String, Long> passedOver = new TreeMap<>();
    private Counts counts = Counts.NONE;

    private record Taken(int hash, long line) {}

    /** Is shown every command that would be sent. */
    public interface Sink {
        void wouldSend(byte[] line) throws IOException;
    }

    /**
     * What would become of a file.
     *
     * @param counts of commands that would be sent, told as accepted, and of the rest
     * @param commands that would be sent, by name
     * @param passedOver rows by the reason why they become nothing
     * @param assumed ids of stakeholders and relationships that the file speaks of and does not bring: Rapport has to know them
     * @param report of what would be refused for its form
     */
    public record Outcome(
            Counts counts,
            Map<String, Long> commands,
            Map<String, Long> passedOver,
            Set<String> assumed,
            RefusalReport report) {}

    private DryRun(Source source, ApiDocument api, Instant now, Progress progress, Sink sink) {
        this.source = source;
        this.api = api;
        this.now = now;
        this.progress = progress;
        this.sink = sink;
    }

    public static Outcome of(
            Source source, Path reportFile, ApiDocument api, Instant now, Progress progress, Sink sink) {
        DryRun run = new DryRun(source, api, now, progress, sink);
        try (RefusalReport report = RefusalReport.ofADryRun(reportFile)) {
            run.judgeAll(report);
            return new Outcome(run.counts, run.commands, run.passedOver, run.assumed, report);
        } catch (IOException e) {
            throw new ClientFailure(FILE, String.valueOf(e.getMessage()), e);
        }
    }

    private void judgeAll(RefusalReport report) throws IOException {
        for (Item item = source.next(); item != null; item = source.next()) {
            if (item instanceof Command command) {
                judge(command, report);
            } else if (item instanceof Unusable unusable) {
                report.unusable(unusable);
                counts = counts.with(Counts.oneUnusable());
            } else if (item instanceof PassedOver over) {
                passedOver.merge(over.because(), 1L, Long::sum);
                counts = counts.with(Counts.onePassedOver());
            }
            progress.at(counts, item.place().end(), source.size());
        }
    }

    private void judge(Command command, RefusalReport report) throws IOException {
        Optional<Json> problem;
        try {
            Json line = Json.read(command.line());
            problem = line.isObject()
                    ? problem(line, command)
                    : Optional.of(problem("The line is not an object", List.of()));
        } catch (MalformedJson e) {
            problem = Optional.of(Json.object("title", "The line is not JSON", "detail", e.where()));
        }
        if (problem.isPresent()) {
            report.refused(command, problem.get());
            counts = counts.with(Counts.oneRefused());
        } else {
            sink.wouldSend(command.line());
            counts = counts.with(Counts.oneAccepted());
        }
    }

    private Optional<Json> problem(Json line, Command command) {
        String name = line.get("command").text();
        Optional<CommandForm> form = api.command(name);
        if (form.isEmpty()) {
            return Optional.of(problem(
                    "The line names no command that there is",
                    List.of(fault("/command", "must be one of " + String.join(", ", api.commands())))));
        }
        List<Json> faults = form.get().faults(line, now).stream()
                .map(fault -> fault(fault.pointer(), fault.detail()))
                .toList();
        if (!faults.isEmpty()) {
            return Optional.of(problem("The command is malformed", faults));
        }
        Optional<Json> twice = twice(name, line, command);
        if (twice.isEmpty()) {
            commands.merge(name, 1L, Long::sum);
            note(name, line);
        }
        return twice;
    }

    private static Json problem(String title, List<Json> faults) {
        return Json.object("title", title, "errors", faults);
    }

    private static Json fault(String pointer, String detail) {
        return Json.object("pointer", pointer, "detail", detail);
    }

    /** The same line again does nothing; another one with the same id is refused. */
    private Optional<Json> twice(String name, Json line, Command command) {
        String id = line.get(ID).text();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Place place = command.place();
        String space = name.equals(REGISTER) ? "stakeholder" : name.equals(ESTABLISH) ? "relationship" : "entry";
        String key = space + " " + line.get(RELATIONSHIP).text() + " " + id;
        Taken earlier = taken.putIfAbsent(key, new Taken(Arrays.hashCode(command.line()), place.line()));
        return earlier == null || earlier.hash == Arrays.hashCode(command.line())
                ? Optional.empty()
                : Optional.of(problem(
                        "The id is taken",
                        List.of(fault("/id", id + " is that of line " + earlier.line + " already"))));
    }

    private void note(String name, Json line) {
        if (name.equals(REGISTER) || name.equals(ESTABLISH)) {
            named.add((name.equals(REGISTER) ? "stakeholder " : "relationship ")
                    + line.get(ID).text());
        }
        Stream<String> spokenOf = name.equals(ESTABLISH) || name.equals(PROFILE)
                ? Stream.of("stakeholder " + line.get(STAKEHOLDER).text())
                : name.equals(REGISTER)
                        ? Stream.of()
                        : Stream.of("relationship " + line.get(RELATIONSHIP).text());
        spokenOf.filter(id -> !named.contains(id)).forEach(assumed::add);
    }
}
