package dev.rapport.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calls in a page of the documentation: blocks of code whose lines begin with {@code curl} or {@code rapport}. A block that follows without being
 * a call itself is what the last of them answers.
 */
final class DocumentedCalls {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern CALL = Pattern.compile("(curl|rapport) .*", Pattern.DOTALL);

    /** What is shown of one that fails: a status, a problem, or that lines of an import are left out. */
    private static final Pattern FAILURE = Pattern.compile(
            "^HTTP/\\S+ [45]|\"type\": \"/problems/|\"status\": [45]\\d\\d|(?m)^\\S+: .*\\b[1-9][\\d,]* (would be"
                    + " refused|refused|unusable)\\b");

    /**
     * A call.
     *
     * @param line of the page that its block begins in
     * @param words as a shell would cut them
     */
    record Call(int line, List<String> words, Optional<String> answer) {

        boolean isCurl() {
            return words.getFirst().equals("curl");
        }

        /** Whether the page shows that it fails; three dots never do. */
        boolean isSaidToFail() {
            return answer.filter(said -> FAILURE.matcher(said).find()).isPresent();
        }
    }

    /** What a call did: whether it succeeded, and what is to be seen of it. */
    record Shown(boolean succeeded, String output) {}

    private DocumentedCalls() {}

    static List<Call> of(Path page) throws IOException {
        return in(Files.readString(page));
    }

    static List<Call> in(String page) {
        List<Call> calls = new ArrayList<>();
        boolean isAnswered = true;
        Matcher blocks = BLOCK.matcher(page);
        while (blocks.find()) {
            String code = blocks.group(2);
            int line = (int) page.substring(0, blocks.start()).lines().count() + 1;
            if (CALL.matcher(code).matches()) {
                for (String command : commands(code)) {
                    calls.add(new Call(line, words(command), Optional.empty()));
                }
                isAnswered = false;
            } else if (!isAnswered) {
                Call last = calls.removeLast();
                calls.add(new Call(last.line, last.words, Optional.of(code)));
                isAnswered = true;
            }
        }
        return List.copyOf(calls);
    }

    /** One a line, unless a line ends in a backslash or within quotes. */
    private static List<String> commands(String code) {
        List<String> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        for (String line : code.lines().toList()) {
            command.append(line).append('\n');
            if (!line.endsWith("\\") && !isOpen(command)) {
                commands.add(command.toString().strip());
                command.setLength(0);
            }
        }
        return commands.stream().filter(each -> !each.isEmpty()).toList();
    }

    private static boolean isOpen(CharSequence command) {
        char open = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (open == 0 && (c == '\'' || c == '"')) {
                open = c;
            } else if (c == open) {
                open = 0;
            }
        }
        return open != 0;
    }

    /** As a shell cuts them; what else a shell does is not to be found in the documentation. */
    static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isWord = false;
        char open = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (open != 0) {
                if (c == open) {
                    open = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                open = c;
                isWord = true;
            } else if (c == '\\' && i + 1 < command.length() && command.charAt(i + 1) == '\n') {
                i++;
            } else if (Character.isWhitespace(c)) {
                if (isWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    isWord = false;
                }
            } else if ("|&;<>$`".indexOf(c) >= 0) {
                throw new IllegalArgumentException("nobody executes “" + c + "” here: " + command);
            } else {
                word.append(c);
                isWord = true;
            }
        }
        if (isWord) {
            words.add(word.toString());
        }
        return words;
    }
}
