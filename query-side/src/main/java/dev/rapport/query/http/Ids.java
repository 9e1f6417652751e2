package dev.rapport.query.http;

import java.util.Optional;
import java.util.regex.Pattern;

/** Ids in paths: what cannot be one is the id of nothing, and no database is asked for it. */
public final class Ids {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public static Optional<String> of(String path) {
        return ID.matcher(path).matches() ? Optional.of(path) : Optional.empty();
    }

    private Ids() {}
}
