package dev.rapport.events.problem;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The name of a setting, as it is told to whoever has to set it: in a file it is spelled otherwise than in the environment. */
public record SettingName(String name) {

    /** The names of several, as they are told. */
    public static String joined(String by, List<String> names) {
        return names.stream().map(name -> new SettingName(name).toString()).collect(Collectors.joining(by));
    }

    @Override
    public String toString() {
        return name + " (" + name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT) + ")";
    }
}
