package dev.rapport.client.api;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list or a report that can be exported.
 *
 * @param path below the base path, with the names of ids in braces
 * @param about what it is, in words
 * @param filters the names of its parameters
 * @param mediaTypes the forms that it comes in
 */
public record ExportableList(String path, String about, List<String> filters, Set<String> mediaTypes) {

    private static final Pattern ID = Pattern.compile("\\{[^}]+}");

    public ExportableList {
        filters = List.copyOf(filters);
        mediaTypes = Set.copyOf(mediaTypes);
    }

    /** Whether a path, with ids in it, is of this list. */
    public boolean isAt(String asked) {
        Matcher ids = ID.matcher(path);
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        while (ids.find()) {
            pattern.append(Pattern.quote(path.substring(end, ids.start()))).append("[A-Za-z0-9._-]{1,64}");
            end = ids.end();
        }
        pattern.append(Pattern.quote(path.substring(end)));
        return asked.matches(pattern.toString());
    }
}
