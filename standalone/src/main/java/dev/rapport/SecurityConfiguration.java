package dev.rapport;

import dev.rapport.events.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who is who in the embedded default: local users with HTTP Basic. This is the one place that knows where identities come from; the sides
 * see an authenticated name and its roles.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    PasswordEncoder passwordEncoder() {
        return new RememberingPasswordEncoder(new BCryptPasswordEncoder());
    }

    @Bean
    UserDetailsService users(
            @Value("${rapport.data-dir}") Path dataDirectory,
            @Value("${rapport.demo.password:}") String password,
            PasswordEncoder encoder)
            throws IOException {
        return new InMemoryUserDetailsManager(new DemoUsers(dataDirectory, encoder).users(password));
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, JsonMapper json) throws Exception {
        Refusals refusals = new Refusals(json);
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/actuator/health/**", "/problems/**", "/api/v1/openapi.json", "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .httpBasic(basic -> basic.authenticationEntryPoint((request, response, _) -> {
                    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Rapport\", charset=\"UTF-8\"");
                    refusals.write(Problem.UNAUTHENTICATED, "sign in with a name and a password", request, response);
                }))
                .exceptionHandling(handling -> handling.accessDeniedHandler((request, response, _) ->
                        refusals.write(Problem.FORBIDDEN, "none of your roles may do this", request, response)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // no cookie is ever taken for an identity, so there is nothing to forge
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Tells refused callers why, in the form of all problems. */
    private record Refusals(JsonMapper json) {

        void write(Problem problem, String detail, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            ProblemDetail body = ProblemDetail.forStatus(problem.status());
            body.setType(URI.create(problem.type()));
            body.setTitle(problem.title());
            body.setDetail(detail);
            body.setInstance(URI.create(request.getRequestURI()));
            response.setStatus(problem.status());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(json.writeValueAsBytes(body));
        }
    }
}
