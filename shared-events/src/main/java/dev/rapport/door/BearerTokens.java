package dev.rapport.door;

import dev.rapport.door.SecurityLog.Kind;
import dev.rapport.events.access.Role;
import dev.rapport.events.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.web.client.RestTemplate;

/**
 * Callers who bring an access token of an OpenID Connect issuer: a JWT (RFC 9068) that is signed by one of the issuer's published keys, with
 * an asymmetric algorithm, in force, and made out to us. Nothing in a token says where to look for a key: whatever it names, only the
 * issuer's own key set is asked.
 */
final class BearerTokens {

    /** Those that need a secret of ours to be verified are not among them, and {@code none} is none. */
    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.PS384,
            SignatureAlgorithm.PS512,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384,
            SignatureAlgorithm.ES512);

    /** Access tokens by RFC 9068, and those of issuers that call every token so. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LONGEST_SUBJECT = 255;

    static JwtDecoder decoder(String issuer, IdentityProperties identity) {
        SupplierJwtDecoder decoder = new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder tokens = NimbusJwtDecoder.withIssuerLocation(issuer)
                    .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
                    .validateType(false) // we do
                    .restOperations(issuerOnly())
                    .build();
            tokens.setJwtValidator(validator(issuer, identity));
            return tokens;
        });
        return token -> {
            try {
                return decoder.decode(token);
            } catch (JwtDecoderInitializationException away) {
                throw new JwtException("the issuer of tokens does not answer", away);
            }
        };
    }

    /** Follows nobody who says that the issuer is elsewhere. */
    private static RestTemplate issuerOnly() {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .build());
        requests.setReadTimeout(PATIENCE);
        return new RestTemplate(requests);
    }

    private static OAuth2TokenValidator<Jwt> validator(String issuer, IdentityProperties identity) {
        return new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(CLOCK_SKEW),
                new JwtIssuerValidator(issuer),
                holds("it has no time of expiry", token -> token.getExpiresAt() != null),
                holds("it is of another type than access tokens are", BearerTokens::isAccessToken),
                holds(
                        "it is made out to somebody else",
                        token -> token.getAudience() != null
                                && token.getAudience().contains(identity.audience())),
                holds("it names no subject that we could keep", token -> {
                    String subject = token.getClaims().get(identity.subjectClaim()) instanceof String text ? text : "";
                    return !subject.isBlank()
                            && subject.length() <= LONGEST_SUBJECT
                            && subject.codePoints().noneMatch(Character::isISOControl);
                }));
    }

    private static boolean isAccessToken(Jwt token) {
        Object type = token.getHeaders().get("typ");
        return type == null || TYPES.contains(type.toString().toLowerCase(Locale.ROOT));
    }

    private static OAuth2TokenValidator<Jwt> holds(String fault, Predicate<Jwt> rule) {
        OAuth2TokenValidatorResult refused = OAuth2TokenValidatorResult.failure(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "The token was refused: " + fault, null));
        return token -> rule.test(token) ? OAuth2TokenValidatorResult.success() : refused;
    }

    static void configure(HttpSecurity http, IdentityProperties identity, Refusals refusals) {
        http.oauth2ResourceServer(tokens -> tokens.jwt(jwt -> jwt.jwtAuthenticationConverter(converter(identity)))
                .authenticationEntryPoint((request, response, failure) -> refuse(request, response, failure, refusals))
                .withObjectPostProcessor(new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
                    @Override
                    public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                        // also when the issuer is away, which by default would be an error of ours
                        filter.setAuthenticationFailureHandler(
                                (request, response, failure) -> refuse(request, response, failure, refusals));
                        return filter;
                    }
                }));
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why, Refusals refusals)
            throws IOException {
        if (why instanceof AuthenticationServiceException) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            refusals.write(Problem.UNAVAILABLE, "The issuer of tokens does not answer.", request, response);
        } else if (request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Rapport\"");
            refusals.write(Problem.UNAUTHENTICATED, "Send an access token of the issuer.", request, response);
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Rapport\", error=\"invalid_token\"");
            refusals.logged(
                    Kind.SIGN_IN_REFUSED, Problem.UNAUTHENTICATED, "The token was not accepted.", request, response);
        }
    }

    private static JwtAuthenticationConverter converter(IdentityProperties identity) {
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setPrincipalClaimName(identity.subjectClaim());
        converter.setJwtGrantedAuthoritiesConverter(token -> authorities(token, identity.rolesClaim()));
        return converter;
    }

    private static Collection<GrantedAuthority> authorities(Jwt token, String claim) {
        List<String> named = names(claim(token.getClaims(), claim));
        return Arrays.stream(Role.values())
                .map(Role::name)
                .filter(named::contains)
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
    }

    /** The claim of that whole name, which may have dots in it, or what is there at the end of the way. */
    private static @Nullable Object claim(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        int dot = path.indexOf('.');
        return whole == null && dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? claim(inner, path.substring(dot + 1))
                : whole;
    }

    private static List<String> names(@Nullable Object claim) {
        return switch (claim) {
            case Collection<?> several -> several.stream().map(String::valueOf).toList();
            case String words -> Arrays.asList(words.split(" ", -1));
            case null, default -> List.of();
        };
    }

    private BearerTokens() {}
}
