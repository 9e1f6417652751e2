package dev.rapport.query.console;

import dev.rapport.query.http.QueryRefused;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the console: one page at every address, whose modules find out from the address what to show, so that each can be reloaded and sent. */
@RestController
@EnableConfigurationProperties(ConsoleProperties.class)
class ConsoleController {

    private static final Map<String, MediaType> TYPES = Map.of(
            "js", MediaType.parseMediaType("text/javascript;charset=UTF-8"),
            "css", MediaType.parseMediaType("text/css;charset=UTF-8"),
            "svg", MediaType.parseMediaType("image/svg+xml"),
            "woff2", MediaType.parseMediaType("font/woff2"));
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final Assets assets = Assets.ofClassPath();
    private final SignIn signIn;
    private final String policy;

    ConsoleController(
            @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri:}") String issuer,
            ConsoleProperties properties) {
        this.signIn = issuer.isEmpty() ? SignIn.withPassword() : SignIn.at(issuer, properties);
        this.policy = policy(connections(issuer, properties.alsoConnectTo()));
    }

    /** Nothing inline, nothing from elsewhere, and no way from a string to markup. */
    private static String policy(String connections) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src "
                + connections
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private static String connections(String issuer, List<URI> others) {
        Stream<URI> elsewhere =
                issuer.isEmpty() ? Stream.of() : Stream.concat(Stream.of(URI.create(issuer)), others.stream());
        return Stream.concat(Stream.of("'self'"), elsewhere.map(ConsoleController::origin))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    @GetMapping({"/", "/console", "/console/{*address}"})
    ResponseEntity<String> page() {
        return html(assets.page());
    }

    /** What the OpenAPI document says, for people; open to everybody, as the document is. */
    @GetMapping("/docs")
    ResponseEntity<String> reference() {
        return html(assets.reference());
    }

    private ResponseEntity<String> html(String page) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noCache())
                .header("Content-Security-Policy", policy)
                .body(page);
    }

    @GetMapping("/console/sign-in.json")
    SignIn signIn() {
        return signIn;
    }

    @GetMapping("/console/assets/{hash}/{*path}")
    ResponseEntity<byte[]> asset(@PathVariable String hash, @PathVariable String path) {
        String name = path.substring(1);
        byte[] content = assets.file(hash, name).orElseThrow(() -> QueryRefused.notFound("file", name));
        return ResponseEntity.ok()
                .contentType(TYPES.getOrDefault(
                        name.substring(name.lastIndexOf('.') + 1), MediaType.APPLICATION_OCTET_STREAM))
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .body(content);
    }
}
