package dev.rapport.benchmark.subject;

import java.util.Objects;

/** What a subject's process is told at its start, as system properties. */
public final class Setting {

    private Setting() {}

    public static String of(String name) {
        return Objects.requireNonNull(System.getProperty("subject." + name), name);
    }

    public static int number(String name) {
        return Integer.parseInt(of(name));
    }

    /** The past that the process is told. */
    public static Past past() {
        return new Past(number("relationships"), number("fewest"), number("most"));
    }
}
