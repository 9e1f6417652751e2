package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.rapport.events.access.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.NettyWrapper;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Callers with tokens: a real issuer's are taken, and nothing that looks like one. */
class Tokens_of_an_issuer {

    private static final String ISSUER = "rapport";
    private static final String AUDIENCE = "rapport";

    @TempDir
    private static Path data;

    private static MockOAuth2Server issuer;
    private static RunningRapport rapport;
    private static HttpServer elsewhere;
    private static HttpClient http;

    private static final AtomicInteger askedElsewhere = new AtomicInteger();

    private static RSAKey published;
    private static String keyId;
    private static RSAKey somebodys;

    @BeforeAll
    static void start() throws Exception {
        issuer = new MockOAuth2Server(
                new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(), Set.of(), new NettyWrapper()));
        issuer.start();
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        somebodys = new RSAKeyGenerator(2048).keyID("somebody's").generate();
        elsewhere.createContext("/", exchange -> {
            askedElsewhere.incrementAndGet();
            byte[] keys = new JWKSet(somebodys.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        elsewhere.start();
        http = HttpClient.newHttpClient();
        rapport = RunningRapport.in(
                data,
                Map.of(
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                        issuer.issuerUrl(ISSUER).toString(),
                        "rapport.identity.roles-claim",
                        "realm_access.roles"));
        SignedJWT good = SignedJWT.parse(goodToken("anna", "HEAD_OF_RELATIONSHIPS"));
        keyId = good.getHeader().getKeyID();
        published = JWKSet.parse(get(issuer.jwksUrl(ISSUER).uri()))
                .getKeyByKeyId(keyId)
                .toRSAKey();
    }

    @AfterAll
    static void stop() {
        rapport.close();
        http.close();
        elsewhere.stop(0);
        issuer.shutdown();
    }

    private static String goodToken(String subject, String role) {
        return issuer.issueToken(
                        ISSUER,
                        "a client",
                        new DefaultOAuth2TokenCallback(
                                ISSUER,
                                subject,
                                "JWT",
                                List.of(AUDIENCE),
                                Map.of("realm_access", Map.of("roles", List.of(role, "offline_access"))),
                                3600))
                .serialize();
    }

    @Test
    void open_what_their_roles_open_to_the_subject_that_they_name() throws Exception {
        String anna = goodToken("anna", "RELATIONSHIP_MANAGER");

        assertThat(send(request("POST", "/api/v1/stakeholders", anna, """
            {"id": "S-1", "name": "Acme", "kind": "SUPPLIER", "group": "parts"}
            """)).statusCode())
                .isEqualTo(201);
        assertThat(send(request("POST", "/api/v1/relationships", anna, """
            {"id": "R-1", "stakeholderId": "S-1"}
            """)).statusCode())
                .isEqualTo(201);
        assertThat(send(request("POST", "/api/v1/relationships/R-1/desired-levels", anna, """
            {"level": "ADDED_VALUE"}
            """))
                        .statusCode())
                .isEqualTo(201);
        assertThat(send(request(
                                "POST",
                                "/api/v1/relationships/R-1/desired-levels",
                                goodToken("ben", "RELATIONSHIP_MANAGER"),
                                """
                                {"level": "ADDED_VALUE"}
                                """))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(request("GET", "/api/v1/stakeholders", goodToken("otto", "OPERATOR"), ""))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(request("GET", "/api/v1/stakeholders", goodToken("nobody", "KING"), ""))
                        .statusCode())
                .isEqualTo(403);
    }

    /** A token that is none, and what it is called. */
    record Forged(String name, String token) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Forged> forged() throws Exception {
        List<Forged> forged = new ArrayList<>();
        JWTClaimsSet claims = claims(_ -> {});
        String plain = new PlainJWT(claims).serialize();
        forged.add(new Forged("alg none", plain));
        forged.add(new Forged("alg None", withAlgorithm(plain, "None")));
        forged.add(new Forged("alg none, with a signature", plain + signature(goodToken("anna", "OPERATOR"))));
        byte[] publicKey = published.toRSAPublicKey().getEncoded();
        forged.add(new Forged("the public key as a secret", hmac(publicKey, claims)));
        forged.add(new Forged("the public key's PEM as a secret", hmac(pem(publicKey), claims)));
        forged.add(new Forged("another's key under the issuer's id", rsa(somebodys, keyId, claims, _ -> {})));
        forged.add(new Forged("an unknown key id", rsa(somebodys, "somebody's", claims, _ -> {})));
        forged.add(new Forged("no key id", rsa(somebodys, null, claims, _ -> {})));
        forged.add(new Forged(
                "a key set elsewhere",
                rsa(somebodys, "somebody's", claims, header -> header.jwkURL(elsewhere("/jwks")))));
        forged.add(new Forged(
                "a certificate elsewhere",
                rsa(somebodys, "somebody's", claims, header -> header.x509CertURL(elsewhere("/cert")))));
        forged.add(new Forged(
                "a key of its own", rsa(somebodys, keyId, claims, header -> header.jwk(somebodys.toPublicJWK()))));
        forged.add(new Forged("another issuer", issued("elsewhere", AUDIENCE, "JWT", 3600, Map.of())));
        forged.add(new Forged("another audience", issued(ISSUER, "somebody else", "JWT", 3600, Map.of())));
        forged.add(new Forged("the type of a logout", issued(ISSUER, AUDIENCE, "logout+jwt", 3600, Map.of())));
        forged.add(new Forged("the type of a proof", issued(ISSUER, AUDIENCE, "dpop+jwt", 3600, Map.of())));
        forged.add(new Forged("expired", issued(ISSUER, AUDIENCE, "JWT", -3600, Map.of())));
        forged.add(new Forged(
                "not yet in force",
                issued(
                        ISSUER,
                        AUDIENCE,
                        "JWT",
                        7200,
                        Map.of("nbf", Instant.now().getEpochSecond() + 3600))));
        forged.add(new Forged("a subject with a line break", subject("anna\nbea")));
        forged.add(new Forged("an empty subject", subject("")));
        forged.add(new Forged("a subject too long to keep", subject("a".repeat(256))));
        String good = goodToken("anna", "RELATIONSHIP_MANAGER");
        forged.add(new Forged("other claims under the issuer's signature", withOtherClaims(good)));
        forged.add(new Forged("a signature cut off", good.substring(0, good.lastIndexOf('.') + 1)));
        forged.add(new Forged("a signature cut short", good.substring(0, good.length() - 4)));
        forged.add(new Forged("dots", ".."));
        forged.add(new Forged("garbage", "garbage"));
        return forged.stream();
    }

    @ParameterizedTest
    @MethodSource("forged")
    void that_it_never_issued_open_nothing(Forged forged) throws Exception {
        for (Operation operation : Operation.values()) {
            HttpResponse<String> answer =
                    send(request(operation.method(), operation.path().replaceAll("[{}]", ""), forged.token, "{}"));

            assertThat(answer.statusCode()).as("%s with %s", operation, forged).isEqualTo(401);
            JsonNode problem = JsonMapper.shared().readTree(answer.body());
            assertThat(problem.path("type").asString()).isEqualTo("/problems/unauthenticated");
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        }
        assertThat(askedElsewhere).as("what a token names is not asked").hasValue(0);
    }

    @Test
    void are_taken_from_the_header_only() throws Exception {
        String good = goodToken("anna", "HEAD_OF_RELATIONSHIPS");
        assertThat(send(HttpRequest.newBuilder(
                                URI.create(rapport.address() + "/api/v1/stakeholders?access_token=" + good)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder(URI.create(rapport.address() + "/api/v1/stakeholders"))
                                .header("Cookie", "access_token=" + good))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void leave_no_way_in_by_local_users() throws Exception {
        String head = Base64.getEncoder()
                .encodeToString(("head:" + RunningRapport.PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(send(HttpRequest.newBuilder(URI.create(rapport.address() + "/api/v1/stakeholders"))
                                .header("Authorization", "Basic " + head))
                        .statusCode())
                .isEqualTo(401);
    }

    private static HttpRequest.Builder request(String method, String path, String token, String body) {
        return HttpRequest.newBuilder(URI.create(rapport.address() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri)).body();
    }

    private static URI elsewhere(String path) {
        return URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort() + path);
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer.issuerUrl(ISSUER).toString())
                .subject("anna")
                .audience(AUDIENCE)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
                .claim("realm_access", Map.of("roles", List.of("HEAD_OF_RELATIONSHIPS", "OPERATOR", "AUDITOR")));
        change.accept(claims);
        return claims.build();
    }

    private static String issued(
            String issuerId, String audience, String type, long lifetime, Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>(
                Map.of("realm_access", Map.of("roles", List.of("HEAD_OF_RELATIONSHIPS", "OPERATOR", "AUDITOR"))));
        claims.putAll(more);
        return issuer.issueToken(
                        issuerId,
                        "a client",
                        new DefaultOAuth2TokenCallback(issuerId, "anna", type, List.of(audience), claims, lifetime))
                .serialize();
    }

    private static String subject(String subject) {
        return issuer.issueToken(
                        ISSUER,
                        "a client",
                        new DefaultOAuth2TokenCallback(ISSUER, subject, "JWT", List.of(AUDIENCE), Map.of(), 3600))
                .serialize();
    }

    private static String hmac(byte[] secret, JWTClaimsSet claims) throws JOSEException {
        return signed(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId), new MACSigner(secret), claims);
    }

    private static String rsa(RSAKey key, String id, JWTClaimsSet claims, Consumer<JWSHeader.Builder> change)
            throws JOSEException {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id);
        change.accept(header);
        return signed(header, new RSASSASigner(key), claims);
    }

    private static String signed(JWSHeader.Builder header, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(header.type(JOSEObjectType.JWT).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static byte[] pem(byte[] key) {
        return ("-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String withAlgorithm(String token, String algorithm) {
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"alg\":\"" + algorithm + "\"}").getBytes(StandardCharsets.UTF_8));
        return header + token.substring(token.indexOf('.'));
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private static String withOtherClaims(String token) throws ParseException {
        String[] parts = token.split("\\.", -1);
        String claims = SignedJWT.parse(token).getJWTClaimsSet().toString().replace("RELATIONSHIP_MANAGER", "OPERATOR");
        return parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];
    }
}
