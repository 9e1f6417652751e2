package dev.rapport.command.intake;

import com.fasterxml.uuid.Generators;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.intake.MalformedCommand.Fault;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/** Makes commands of JSON: reads the fields, checks their form, and adds what the caller left to Rapport. */
public final class CommandIntake {

    private static final String OCCURRED_AT = "occurredAt";
    private static final String COMMAND = "command";
    private static final String ID = "id";

    private final StrictJson json = new StrictJson();
    private final CommandCatalog catalog;
    private final Validator validator;
    private final Clock clock;

    public CommandIntake(CommandCatalog catalog, Validator validator, Clock clock) {
        this.catalog = catalog;
        this.validator = validator;
        this.clock = clock;
    }

    /**
     * A command with what was said beside it.
     *
     * @param occurredAt when what it reports happened, to the microsecond that every store keeps
     * @param receivedAt when it was taken in
     * @param fingerprint the same for the same request, however it was spaced and ordered
     */
    public record Taken(DomainCommand command, Instant occurredAt, Instant receivedAt, String fingerprint) {}

    /**
     * Takes in the body of a request.
     *
     * @param type the command that the request's path stands for
     * @param path the ids that the path names, by the fields that they fill
     * @throws MalformedCommand when the body or an id does not have the form that the command asks for
     * @throws Refusal when it says that something happened which has not happened yet
     */
    public Taken takeIn(Class<? extends DomainCommand> type, byte[] body, Map<String, String> path) {
        ObjectNode fields = json.object(body);
        List<Fault> twice = path.keySet().stream()
                .filter(fields::has)
                .map(name -> new Fault("/" + name, "is said by the path and has no place in the body"))
                .toList();
        if (!twice.isEmpty()) {
            throw new MalformedCommand("the body repeats what the path says", twice);
        }
        path.forEach(fields::put);
        return takeIn(type, fields);
    }

    /**
     * Takes in the body of what is asked for beside commands: it has the form that its record says.
     *
     * @throws MalformedCommand when it does not
     */
    public <R extends Record> R takeIn(Class<R> type, byte[] body) {
        FieldReader reader = new FieldReader();
        R asked = reader.record(type, json.object(body), "");
        requireWellFormed(asked, reader.faults());
        return asked;
    }

    /**
     * Takes in a line of an import, which names its command.
     *
     * @throws MalformedCommand when the line is no command
     * @throws Refusal when it says that something happened which has not happened yet
     */
    public Taken takeIn(byte[] line) {
        ObjectNode fields = json.object(line);
        String name = fields.path(COMMAND).asString("");
        Class<? extends DomainCommand> type = catalog.byName(name)
                .orElseThrow(() -> new MalformedCommand(
                        "the line names no command that there is",
                        List.of(new Fault(
                                "/" + COMMAND,
                                "must be one of "
                                        + String.join(", ", catalog.all().keySet())))));
        fields.remove(COMMAND);
        return takeIn(type, fields);
    }

    private Taken takeIn(Class<? extends DomainCommand> type, ObjectNode fields) {
        Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String fingerprint = Fingerprint.of(type.getSimpleName(), fields);
        FieldReader reader = new FieldReader();
        OffsetDateTime saidToOccur = reader.time(fields.remove(OCCURRED_AT), "/" + OCCURRED_AT);
        if (isLeftToUs(type, fields)) {
            fields.put(ID, Generators.timeBasedEpochGenerator().generate().toString());
        }
        DomainCommand command = reader.record(type, fields, "");
        requireWellFormed(command, reader.faults());
        Instant occurredAt =
                saidToOccur == null ? receivedAt : saidToOccur.toInstant().truncatedTo(ChronoUnit.MICROS);
        if (occurredAt.isAfter(receivedAt)) {
            throw new Refusal(
                    Reason.AGAINST_A_RULE,
                    "occurredAt may be in the past, but not in the future: " + occurredAt + " is after " + receivedAt);
        }
        return new Taken(command, occurredAt, receivedAt, fingerprint);
    }

    private static boolean isLeftToUs(Class<?> type, ObjectNode fields) {
        return !fields.hasNonNull(ID)
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> component.getName().equals(ID));
    }

    private void requireWellFormed(Object command, List<Fault> unreadable) {
        Set<String> toldAlready = unreadable.stream().map(Fault::pointer).collect(Collectors.toSet());
        List<Fault> faults = Stream.concat(
                        unreadable.stream(),
                        validator.validate(command).stream()
                                .map(CommandIntake::fault)
                                .filter(fault -> !toldAlready.contains(fault.pointer())))
                .sorted((a, b) -> a.pointer().compareTo(b.pointer()))
                .toList();
        if (!faults.isEmpty()) {
            throw new MalformedCommand("the command has faults: " + faults.size(), faults);
        }
    }

    private static Fault fault(ConstraintViolation<Object> violation) {
        String pointer = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .map(CommandIntake::pointer)
                .collect(Collectors.joining());
        return new Fault(pointer, violation.getMessage());
    }

    private static String pointer(Path.Node node) {
        String index = node.getIndex() == null ? "" : "/" + node.getIndex();
        boolean named = node.getName() != null && !node.getName().startsWith("<");
        return named ? index + "/" + node.getName() : index;
    }
}
