package dev.rapport.command.http;

import dev.rapport.command.Caller;
import dev.rapport.command.Caller.Role;
import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.intake.MalformedCommand;
import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.vocabulary.EntryId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.servlet.function.ServerRequest;

/** What a command's request says beside the fields of its body: who calls, on which condition, under which key. */
public record RequestFacts(ServerRequest request) {

    /** The largest body, and the longest line of an import, in bytes. */
    static final int LARGEST = 1 << 20;

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final int LONGEST_KEY = 255;
    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E]*)\"");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");
    private static final Pattern QUOTED =
            Pattern.compile("\"((?:[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\"\\\\])+)\"");
    private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x7E]+");
    private static final long NO_VERSION = -1;

    public static RequestFacts of(ServerRequest request) {
        return new RequestFacts(request);
    }

    /**
     * Who calls, in the strongest role that gives commands.
     *
     * @throws Refusal when none of the caller's roles does
     */
    public Caller caller() {
        Authentication authentication = authentication();
        for (Role role : List.of(Role.HEAD_OF_RELATIONSHIPS, Role.RELATIONSHIP_MANAGER)) {
            if (authentication.getAuthorities().stream()
                    .anyMatch(authority -> ("ROLE_" + role).equals(authority.getAuthority()))) {
                return new Caller(authentication.getName(), role);
            }
        }
        throw new Refusal(Reason.NOT_ALLOWED, "only relationship managers and heads of relationships give commands");
    }

    Authentication authentication() {
        return (Authentication) request.principal().orElseThrow(() -> new IllegalStateException("nobody is signed in"));
    }

    /** The ids that the path names; one that can't be an id names nothing that there is. */
    Map<String, String> path() {
        request.pathVariables().forEach((_, id) -> {
            try {
                new EntryId(id);
            } catch (IllegalArgumentException notAnId) {
                throw new Refusal(Reason.NOT_FOUND, "there is no '" + id + "': " + notAnId.getMessage());
            }
        });
        return request.pathVariables();
    }

    byte[] jsonBody() {
        requireType(MediaType.APPLICATION_JSON);
        byte[] body;
        try {
            body = request.servletRequest().getInputStream().readNBytes(LARGEST + 1);
        } catch (IOException brokenOff) {
            throw MalformedCommand.asAWhole("the body broke off, or came too slowly to be waited for");
        }
        if (body.length > LARGEST) {
            throw new ContentTooLarge("the body has more than " + LARGEST + " bytes");
        }
        return body;
    }

    public void requireType(MediaType expected) {
        MediaType type = contentType();
        if (!expected.isCompatibleWith(type) || type.isWildcardType()) {
            throw new UnsupportedType("send the body as " + expected + ", not as " + type);
        }
        String encoding = request.headers().firstHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw new UnsupportedType("send the body as it is, not packed: leave out Content-Encoding");
        }
    }

    private MediaType contentType() {
        try {
            return request.headers().contentType().orElse(MediaType.APPLICATION_OCTET_STREAM);
        } catch (InvalidMediaTypeException malformed) {
            throw new UnsupportedType("the Content-Type is not a media type: " + malformed.getMessage());
        }
    }

    /** The version that {@code If-Match} asks for, null without a condition. */
    @Nullable
    Long expectedVersion() {
        String condition = single(HttpHeaders.IF_MATCH);
        if (condition == null || condition.equals("*")) {
            return null;
        }
        Matcher tag = ENTITY_TAG.matcher(condition);
        if (!tag.matches()) {
            throw new MalformedHeader(HttpHeaders.IF_MATCH, "must be one entity tag such as \"7\", or *");
        }
        boolean weak = tag.group(1) != null;
        String version = tag.group(2);
        return weak || !VERSION.matcher(version).matches() ? NO_VERSION : Long.parseLong(version);
    }

    /**
     * The value of a parameter that a query takes, if it is given.
     *
     * @throws MalformedParameter when the query string has any other parameter, or this one twice
     */
    Optional<String> onlyParameter(String name) {
        Map<String, List<String>> given = parameters(name);
        given.forEach((other, values) -> {
            if (!other.equals(name)) {
                throw new MalformedParameter(other, "is not a parameter of this query; this one is: " + name);
            }
            if (values.size() > 1) {
                throw new MalformedParameter(name, "is given more than once");
            }
        });
        return Optional.ofNullable(given.get(name)).map(List::getFirst);
    }

    /**
     * All parameters that are given.
     *
     * @param asked the parameter to name when none can be read
     * @throws MalformedParameter when the query string cannot be read
     */
    Map<String, List<String>> parameters(String asked) {
        try {
            return Map.copyOf(request.params()); // read here: the map of the request reads when it is asked
        } catch (IllegalStateException undecodable) {
            throw new MalformedParameter(asked, "cannot be read: the query string is not UTF-8 in percent encoding");
        }
    }

    /** Refuses a consistency token that is none. What is read from the log itself has seen every write that any token is of. */
    void requireConsistencyTokenIfAny() {
        String token = single(ConsistencyToken.HEADER);
        if (token != null && ConsistencyToken.decode(token).isEmpty()) {
            throw new MalformedHeader(ConsistencyToken.HEADER, "is not a token that a command answered with");
        }
    }

    /** The key that makes the request repeatable, without its quotes; null if there is none. */
    @Nullable
    String idempotencyKey() {
        String header = single(IDEMPOTENCY_KEY);
        if (header == null) {
            return null;
        }
        Matcher quoted = QUOTED.matcher(header);
        String key = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : header;
        if ((!quoted.matches() && !BARE.matcher(header).matches()) || key.length() > LONGEST_KEY) {
            throw new MalformedHeader(
                    IDEMPOTENCY_KEY, "must be a quoted string of 1-" + LONGEST_KEY + " visible ASCII characters");
        }
        return key;
    }

    private @Nullable String single(String name) {
        List<String> values = request.headers().header(name);
        if (values.size() > 1) {
            throw new MalformedHeader(name, "must be there once");
        }
        return values.isEmpty() ? null : values.getFirst().strip();
    }

    /** A header that does not have its form. */
    static final class MalformedHeader extends RuntimeException {

        private final String name;

        MalformedHeader(String name, String detail) {
            super(detail, null, false, false);
            this.name = name;
        }

        String name() {
            return name;
        }
    }

    /** A query parameter that does not have its form. */
    static final class MalformedParameter extends RuntimeException {

        private final String name;

        MalformedParameter(String name, String detail) {
            super(detail, null, false, false);
            this.name = name;
        }

        String name() {
            return name;
        }
    }

    /** A body that is larger than any command. */
    static final class ContentTooLarge extends RuntimeException {

        ContentTooLarge(String message) {
            super(message, null, false, false);
        }
    }

    /** A body of a type that the operation does not read. */
    static final class UnsupportedType extends RuntimeException {

        UnsupportedType(String message) {
            super(message, null, false, false);
        }
    }
}
