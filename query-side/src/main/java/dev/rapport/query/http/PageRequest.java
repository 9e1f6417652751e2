package dev.rapport.query.http;

import dev.rapport.events.seal.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The page of a list that a query asks for. Its cursor is opaque and bound to the list: to the path, the filters and the order, so that
 * it never continues another list than the one it comes from.
 */
public final class PageRequest {

    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";
    static final int USUAL = 50;
    static final int MOST = 500;

    private static final char SEPARATOR = '\n';

    private final int limit;
    private final @Nullable Cursor after;
    private final Query query;

    private PageRequest(int limit, @Nullable Cursor after, Query query) {
        this.limit = limit;
        this.after = after;
        this.query = query;
    }

    /** The list that is asked for: its path and its parameters but for those of the page. */
    record Query(String path, List<Parameter> parameters) {

        record Parameter(String name, String value) {}

        String fingerprint() {
            var text = new StringBuilder(path);
            parameters.stream()
                    .map(parameter -> SEPARATOR + parameter.name() + "=" + parameter.value())
                    .sorted()
                    .forEach(text::append);
            return HexFormat.of().formatHex(Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8)), 0, 8);
        }
    }

    /** The page, or nothing when the cursor is not one of this list. */
    static Optional<PageRequest> of(int limit, @Nullable String cursor, Query query) {
        if (cursor == null) {
            return Optional.of(new PageRequest(limit, null, query));
        }
        return decode(cursor, query).map(after -> new PageRequest(limit, after, query));
    }

    /** The first of the pages that a list is read in when nobody asked for pages. */
    public static PageRequest first() {
        return new PageRequest(MOST, null, new Query("", List.of()));
    }

    /** The page after a place in the same list. */
    public PageRequest after(Cursor place) {
        return new PageRequest(limit, place, query);
    }

    public @Nullable Cursor after() {
        return after;
    }

    /** How many rows to read: one more than shown tells whether there is a next page. */
    public int rowsToRead() {
        return limit + 1;
    }

    /** The answer that shows the items read, in the order of the list. */
    public <T, V> ResponseEntity<Page<V>> answer(List<Listed<T>> read, Function<T, V> show) {
        List<Listed<T>> shown = read.subList(0, Math.min(limit, read.size()));
        List<V> items = shown.stream().map(Listed::item).map(show).toList();
        if (read.size() <= limit) {
            return ResponseEntity.ok(new Page<>(items, null));
        }
        String next = encode(shown.getLast().cursor(), query);
        return ResponseEntity.ok()
                .header(HttpHeaders.LINK, "<" + link(next) + ">; rel=\"next\"")
                .body(new Page<>(items, next));
    }

    private String link(String next) {
        var link = UriComponentsBuilder.fromPath(query.path());
        query.parameters().forEach(parameter -> link.queryParam(parameter.name(), "{" + parameter.name() + "}"));
        Object[] values =
                query.parameters().stream().map(Query.Parameter::value).toArray();
        return link.queryParam(LIMIT, limit)
                .queryParam(CURSOR, next)
                .encode()
                .buildAndExpand(values)
                .toUriString();
    }

    private static String encode(Cursor cursor, Query query) {
        String plain = query.fingerprint() + SEPARATOR + cursor.key() + SEPARATOR + cursor.tie();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Cursor> decode(String encoded, Query query) {
        try {
            String plain = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded)))
                    .toString();
            String[] parts = plain.split(String.valueOf(SEPARATOR), -1);
            return parts.length == 3 && parts[0].equals(query.fingerprint())
                    ? Optional.of(new Cursor(parts[1], parts[2]))
                    : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
