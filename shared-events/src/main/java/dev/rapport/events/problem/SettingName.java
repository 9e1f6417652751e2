package dev.rapport.events.problem;

import java.util.Locale;

/** The name of a setting, as it is told to whoever has to set it: in a file it is spelled otherwise than in the environment. */
public record SettingName(String name) {

    @Override
    public String toString() {
        return name + " (" + name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT) + ")";
    }
}
