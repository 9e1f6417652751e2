package dev.rapport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for people to read: README.md, CONTRIBUTING.md and all below docs. */
class The_pages {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path README = ROOT.resolve("README.md");
    private static final String BLOCK = "(?ms)^ *```.*?^ *```$";
    private static final Pattern CODE = Pattern.compile(BLOCK + "|`[^`\\n]+`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");

    /** A link to something of ours. */
    private record Link(Path from, Path to, String anchor) {

        @Override
        public String toString() {
            return ROOT.relativize(from) + " -> " + ROOT.relativize(to) + (anchor.isEmpty() ? "" : "#" + anchor);
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(README, ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }

    private static List<Link> links(Path page) throws IOException {
        Matcher links = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll("code"));
        return links.results()
                .map(link -> new Link(
                        page,
                        link.group(1).isEmpty()
                                ? page
                                : page.resolveSibling(link.group(1)).normalize(),
                        link.group(2) == null ? "" : link.group(2)))
                .toList();
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> times = new HashMap<>();
        // a comment of a shell begins like a heading
        Matcher headings = HEADING.matcher(Files.readString(page).replaceAll(BLOCK, ""));
        while (headings.find()) {
            String anchor = headings.group(1)
                    .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
                    .replace(' ', '-');
            int before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    private static boolean leadsSomewhere(Link link) {
        try {
            return Files.exists(link.to)
                    && (link.anchor.isEmpty() || anchors(link.to).contains(link.anchor));
        } catch (IOException e) {
            throw new AssertionError(link.toString(), e);
        }
    }

    @Test
    void have_no_link_that_leads_nowhere() throws IOException {
        List<Link> links = new ArrayList<>();
        for (Path page : pages()) {
            links.addAll(links(page));
        }

        assertThat(links)
                .hasSizeGreaterThan(300)
                .allSatisfy(
                        link -> assertThat(leadsSomewhere(link)).as("%s", link).isTrue());
    }

    @Test
    void have_no_headings_in_their_code(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
            # Look

            ```sh
            # built before
            make
            ```

            ## At `that`, twice
            """);

        assertThat(anchors(page)).containsExactlyInAnyOrder("look", "at-that-twice");
    }

    @Test
    void can_all_be_reached_from_the_readme() throws IOException {
        Set<Path> reached = new TreeSet<>(Set.of(README));
        Deque<Path> left = new ArrayDeque<>(reached);
        while (!left.isEmpty()) {
            for (Link link : links(left.remove())) {
                if (link.to.toString().endsWith(".md") && reached.add(link.to)) {
                    left.add(link.to);
                }
            }
        }

        assertThat(reached).containsAll(pages());
    }
}
