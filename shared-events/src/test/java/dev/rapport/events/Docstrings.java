package dev.rapport.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the sources say about types and constants, as Markdown. The compiler drops comments, so this reads the source files. */
final class Docstrings {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final String COMMENT = "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*";
    private static final String MODIFIERS = "(?:(?:@\\w+(?:\\([^)]*\\))?|public|static|sealed|final)\\s+)*";

    /** The docstring of a class, also of a nested one. */
    static String of(Class<?> type) throws IOException {
        return find(type, MODIFIERS + "(?:record|enum|interface|class) " + type.getSimpleName() + "\\b");
    }

    /** The docstring of a constant. */
    static String of(Class<?> type, String constant) throws IOException {
        return find(type, MODIFIERS + "\\w+ " + constant + " = ");
    }

    private static String find(Class<?> type, String declaration) throws IOException {
        var outermost = type.isMemberClass() ? type.getNestHost() : type;
        var source = SOURCES.resolve(outermost.getName().replace('.', '/') + ".java");
        var found = Pattern.compile(COMMENT + declaration, Pattern.DOTALL).matcher(Files.readString(source));
        if (!found.find()) {
            throw new IllegalStateException(source + " does not say what this is for: " + declaration);
        }
        return markdown(found.group(1));
    }

    private static String markdown(String comment) {
        return comment.replaceAll("\\s*\\n\\s*\\*\\s?", " ")
                .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
                .replace("|", "\\|")
                .strip();
    }

    private Docstrings() {}
}
