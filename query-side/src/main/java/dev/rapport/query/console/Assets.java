package dev.rapport.query.console;

import dev.rapport.events.seal.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files that the console is made of, read once. They are served below a path that names their content, so that a browser may keep them for
 * good and never mixes those of two versions; modules name each other relatively, and so stay below it.
 *
 * @param hash of all names and contents
 * @param page what every address of the console answers with
 * @param reference the page that shows the interface
 * @param files by path, such as {@code pages/portfolio.js}
 */
record Assets(String hash, String page, String reference, Map<String, byte[]> files) {

    private static final String ROOT = "console/";
    private static final String PAGE = "index.html";
    private static final String REFERENCE = "reference.html";
    private static final String PLACE_OF_ASSETS = "{{assets}}";
    private static final int DIGITS = 16;

    static Assets ofClassPath() {
        try {
            var files = new TreeMap<String, byte[]>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/" + ROOT + "**")) {
                if (file.isReadable()) {
                    String url = file.getURL().toString();
                    files.put(
                            url.substring(url.lastIndexOf("/" + ROOT) + ROOT.length() + 1),
                            file.getContentAsByteArray());
                }
            }
            String page = taken(PAGE, files);
            String reference = taken(REFERENCE, files);
            String hash = hash(files);
            String place = "/console/assets/" + hash;
            return new Assets(
                    hash,
                    page.replace(PLACE_OF_ASSETS, place),
                    reference.replace(PLACE_OF_ASSETS, place),
                    Map.copyOf(files));
        } catch (IOException e) {
            throw new IllegalStateException("The console's files can't be read from the class path", e);
        }
    }

    private static String taken(String page, Map<String, byte[]> files) {
        return Optional.ofNullable(files.remove(page))
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("The console's " + page + " is not on the class path"));
    }

    private static String hash(Map<String, byte[]> files) {
        MessageDigest digest = Sha256.begin();
        files.forEach((name, content) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    Optional<byte[]> file(String hash, String path) {
        return Optional.ofNullable(hash.equals(this.hash) ? files.get(path) : null);
    }
}
