package dev.rapport.command.intake;

import java.util.List;

/** JSON that is no command; says everything that is wrong with it, not only the first. */
public final class MalformedCommand extends RuntimeException {

    /** One thing that is wrong, at the field that the pointer (RFC 6901) names. */
    public record Fault(String pointer, String detail) {}

    private final List<Fault> faults;

    MalformedCommand(String message, List<Fault> faults) {
        super(message, null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** JSON that is wrong as a whole. */
    public static MalformedCommand asAWhole(String detail) {
        return new MalformedCommand(detail, List.of(new Fault("", detail)));
    }

    public List<Fault> faults() {
        return faults;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
