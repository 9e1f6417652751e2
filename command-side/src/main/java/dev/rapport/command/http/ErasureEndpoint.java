package dev.rapport.command.http;

import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.erasures.ErasePersonalData;
import dev.rapport.command.erasures.Erasure;
import dev.rapport.command.erasures.Erasures;
import dev.rapport.command.erasures.Erasures.Listed;
import dev.rapport.command.http.RequestFacts.MalformedParameter;
import dev.rapport.command.intake.CommandIntake;
import dev.rapport.events.access.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/** Erasures over HTTP, for operators: asked for, shown and listed, without a word of what they were about. */
final class ErasureEndpoint {

    static final String PATH = "/operations/erasures";

    private static final String OPERATOR = "ROLE_" + Role.OPERATOR;
    private static final int USUAL_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 500;
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final CommandIntake intake;
    private final Erasures erasures;
    private final CommandProblems problems;

    ErasureEndpoint(CommandIntake intake, Erasures erasures, CommandProblems problems) {
        this.intake = intake;
        this.erasures = erasures;
        this.problems = problems;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST(CommandRoutes.BASE + PATH, this::post)
                .GET(CommandRoutes.BASE + PATH, this::list)
                .GET(CommandRoutes.BASE + PATH + "/{erasureId}", this::get)
                .onError(Throwable.class, problems::answer)
                .build();
    }

    private ServerResponse post(ServerRequest request) throws IOException {
        RequestFacts facts = RequestFacts.of(request);
        String operator = operator(facts);
        Erasure erasure = erasures.erase(intake.takeIn(ErasePersonalData.class, facts.jsonBody()), operator);
        return ServerResponse.created(URI.create(CommandRoutes.BASE + PATH + "/" + erasure.id()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(erasure);
    }

    private ServerResponse get(ServerRequest request) {
        RequestFacts facts = RequestFacts.of(request);
        operator(facts);
        requireNoOthers(facts.parameters("query"), Set.of());
        String id = Objects.requireNonNull(facts.path().get("erasureId"));
        Erasure erasure =
                erasures.find(id).orElseThrow(() -> new Refusal(Reason.NOT_FOUND, "there is no erasure " + id));
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(erasure);
    }

    private ServerResponse list(ServerRequest request) {
        RequestFacts facts = RequestFacts.of(request);
        operator(facts);
        Map<String, List<String>> given = facts.parameters(CURSOR);
        requireNoOthers(given, Set.of(LIMIT, CURSOR));
        int limit = limit(given);
        List<Listed> read = erasures.list(before(given), limit + 1);
        List<Listed> shown = read.subList(0, Math.min(limit, read.size()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("items", shown.stream().map(Listed::erasure).toList());
        ServerResponse.BodyBuilder answer = ServerResponse.ok().contentType(MediaType.APPLICATION_JSON);
        if (read.size() > limit) {
            String next = encoded(shown.getLast().number());
            body.put("nextCursor", next);
            answer.header(HttpHeaders.LINK, "<" + nextPage(limit, next) + ">; rel=\"next\"");
        }
        return answer.body(body);
    }

    private static String nextPage(int limit, String cursor) {
        return UriComponentsBuilder.fromPath(CommandRoutes.BASE + PATH)
                .queryParam(LIMIT, limit)
                .queryParam(CURSOR, cursor)
                .toUriString();
    }

    private static String operator(RequestFacts facts) {
        Authentication caller = facts.authentication();
        if (caller.getAuthorities().stream().noneMatch(role -> OPERATOR.equals(role.getAuthority()))) {
            throw new Refusal(Reason.NOT_ALLOWED, "only operators erase personal data");
        }
        return caller.getName();
    }

    private static void requireNoOthers(Map<String, List<String>> given, Set<String> known) {
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new MalformedParameter(name, "is no parameter of this query");
            }
        }
    }

    private static int limit(Map<String, List<String>> given) {
        String limit = single(given, LIMIT);
        if (limit == null) {
            return USUAL_LIMIT;
        }
        if (limit.length() > 3 || !NUMBER.matcher(limit).matches() || Integer.parseInt(limit) > HIGHEST_LIMIT) {
            throw new MalformedParameter(LIMIT, "must be a number from 1 to " + HIGHEST_LIMIT);
        }
        return Integer.parseInt(limit);
    }

    private static long before(Map<String, List<String>> given) {
        String cursor = single(given, CURSOR);
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            String number = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (NUMBER.matcher(number).matches()) {
                return Long.parseLong(number);
            }
        } catch (IllegalArgumentException notBase64) {
            // told below, like what is no number
        }
        throw new MalformedParameter(CURSOR, "is not one that this query handed out");
    }

    private static String encoded(long number) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.valueOf(number).getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable String single(Map<String, List<String>> given, String name) {
        List<String> values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new MalformedParameter(name, "must be there once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}
