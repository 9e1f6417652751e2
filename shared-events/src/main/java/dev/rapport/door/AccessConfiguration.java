package dev.rapport.door;

import dev.rapport.events.access.Operation;
import dev.rapport.events.access.Role;
import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who gets in, and where to. Callers are known by the tokens of an OpenID Connect issuer when one is named, else by local users with HTTP
 * Basic; the sides see an authenticated name and its roles. The roles of each operation are those of the {@linkplain Operation table of
 * operations}, and what is not in it is open to nobody. Endpoints of management have a port of their own and are an operator's, but for health.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({IdentityProperties.class, LimitProperties.class})
class AccessConfiguration {

    private static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";
    private static final List<String> OPEN = List.of(
            HealthController.READINESS,
            HealthController.LIVENESS,
            "/problems/**",
            "/api/v1/openapi.json",
            "/docs",
            "/error",
            "/",
            "/console/**");

    /** A page of ours brings what it needs in a header of its own. */
    private static final String NOTHING_TO_LOAD = "default-src 'none'; frame-ancestors 'none'";

    @Bean
    SecurityLog securityLog(@Value("${rapport.security-log.key:}") String key, JsonMapper json) {
        return new SecurityLog(key, Clock.systemUTC(), json);
    }

    @Bean
    Refusals refusals(JsonMapper json, SecurityLog log) {
        return new Refusals(json, log);
    }

    @Bean
    @ConditionalOnProperty(ISSUER)
    JwtDecoder jwtDecoder(@Value("${" + ISSUER + "}") String issuer, IdentityProperties identity) {
        return BearerTokens.decoder(issuer, identity);
    }

    @Bean
    @ConditionalOnMissingBean(JwtDecoder.class)
    PasswordEncoder passwordEncoder() {
        return new RememberingPasswordEncoder(new BCryptPasswordEncoder());
    }

    @Bean
    @ConditionalOnMissingBean(JwtDecoder.class)
    UserDetailsService users(
            IdentityProperties identity,
            @Value("${rapport.demo.password:}") String password,
            @Value("${server.address:#{null}}") @Nullable InetAddress address,
            PasswordEncoder encoder) {
        LocalUsers users = LocalUsers.of(identity.usersFile(), identity.usersMade(), password, encoder);
        if (users.areForTheFirstLook() && !identity.trustedNetwork()) {
            requireLoopback(address);
        }
        return new InMemoryUserDetailsManager(users.details());
    }

    private static void requireLoopback(@Nullable InetAddress address) {
        if (address == null || !address.isLoopbackAddress()) {
            throw new StartRefused(
                    "Rapport would listen on " + (address == null ? "every address" : address.getHostAddress())
                            + " with the users of the first look, whose one password anybody could try",
                    "Name an issuer of tokens, " + new SettingName(ISSUER)
                            + ", or put users of your own into the users file, or listen on a loopback address, "
                            + new SettingName("server.address")
                            + "; if nobody but this machine can reach that address, set "
                            + new SettingName("rapport.identity.trusted-network") + " to true");
        }
    }

    /**
     * Strict about paths. Names of parameters and values of headers are looked at by whoever reads them, who tells what is wrong with them;
     * the firewall would fail in the middle of that, as if the fault were ours.
     */
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterNames(_ -> true);
        firewall.setAllowedHeaderValues(_ -> true);
        return firewall;
    }

    /** A trace tells of the request and of what was decided; a span and a timer for each filter on the way cost more than they tell. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    /** Off unless origins are named. */
    @Bean
    CorsConfigurationSource corsConfigurationSource(
            @Value("${rapport.cors.allowed-origins:}") List<String> allowedOrigins) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!allowedOrigins.isEmpty()) {
            CorsConfiguration allowed = new CorsConfiguration();
            allowed.setAllowedOrigins(allowedOrigins);
            allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "DELETE"));
            allowed.setAllowedHeaders(List.of("*"));
            allowed.setExposedHeaders(List.of("ETag", "Location", "Link", "Retry-After", "Consistency-Token"));
            source.registerCorsConfiguration("/api/**", allowed);
        }
        return source;
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            Refusals refusals,
            SecurityLog log,
            IdentityProperties identity,
            LimitProperties limits,
            ObjectProvider<JwtDecoder> tokens)
            throws Exception {
        RequestLimits requestLimits = new RequestLimits(limits, refusals);
        if (tokens.getIfAvailable() == null) {
            PasswordGuessing guessing = new PasswordGuessing(refusals);
            http.httpBasic(basic -> basic.authenticationEntryPoint(guessing::refuse))
                    .exceptionHandling(handling -> handling.authenticationEntryPoint(guessing::askToSignIn))
                    .addFilterBefore(guessing, BasicAuthenticationFilter.class);
        } else {
            BearerTokens.configure(http, identity, refusals);
        }
        return http.authorizeHttpRequests(AccessConfiguration::byTheTable)
                .exceptionHandling(handling -> handling.accessDeniedHandler(new ClosedDoors(refusals)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(requestLimits, AuthorizationFilter.class)
                .addFilterAfter(new ErasuresAreLogged(log), AuthorizationFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(NOTHING_TO_LOAD))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                // No cookie is ever taken for an identity. A browser may send a password of HTTP Basic by itself, but
                // every command
                // wants a content type that no form can send, and no other origin may.
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    private static void byTheTable(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.requestMatchers(OPEN.toArray(String[]::new)).permitAll();
        for (Operation operation : Operation.values()) {
            String[] roles = operation.roles().stream().map(Role::name).toArray(String[]::new);
            requests.requestMatchers(HttpMethod.valueOf(operation.method()), operation.path())
                    .hasAnyRole(roles);
            if (operation.method().equals("GET")) {
                requests.requestMatchers(HttpMethod.HEAD, operation.path()).hasAnyRole(roles);
            }
        }
        // On the port of management, where alone there are endpoints; on this side of it their paths lead nowhere
        requests.requestMatchers(EndpointRequest.to(HealthEndpoint.class)).permitAll();
        requests.requestMatchers(EndpointRequest.toAnyEndpoint().excludingLinks())
                .hasRole(Role.OPERATOR.name());
        requests.requestMatchers("/api/**", "/actuator/**").denyAll();
        requests.anyRequest().authenticated();
    }
}
