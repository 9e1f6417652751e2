package dev.rapport.query;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.rapport.door.ProblemsConfiguration;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The query side by itself, with a user for each role and for some of their unions; every password is the user's name. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({QuerySide.class, ProblemsConfiguration.class})
class QueryApplication {

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .httpBasic(withDefaults())
                .authorizeHttpRequests(requests -> requests.requestMatchers("/problems/*")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(List.of(
                user("manager1", "RELATIONSHIP_MANAGER"),
                user("manager2", "RELATIONSHIP_MANAGER"),
                user("head", "HEAD_OF_RELATIONSHIPS"),
                user("auditor", "AUDITOR"),
                user("reporter", "REPORTER"),
                user("operator", "OPERATOR"),
                user("nobody", "GUEST"),
                user("manager3", "RELATIONSHIP_MANAGER", "REPORTER")));
    }

    /** No hashing: it would cost every request of every test 0.1 s. */
    @Bean
    PasswordEncoder plain() {
        return new PasswordEncoder() {
            @Override
            public String encode(CharSequence password) {
                return password.toString();
            }

            @Override
            public boolean matches(CharSequence password, String encoded) {
                return encoded.contentEquals(password);
            }
        };
    }

    private static UserDetails user(String name, String... roles) {
        return User.withUsername(name).password(name).roles(roles).build();
    }
}
