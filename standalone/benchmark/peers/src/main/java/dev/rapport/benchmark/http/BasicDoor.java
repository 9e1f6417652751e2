package dev.rapport.benchmark.http;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.NoOpPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** HTTP Basic with a password that is compared in clear: hashing it at each request, as is the default, would be all that is measured. */
@Configuration(proxyBeanMethods = false)
public class BasicDoor {

    @Bean
    SecurityFilterChain door(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    /** Not the usual one, which would hash a password in clear as soon as it has been used once. */
    @Bean
    @SuppressWarnings("deprecation") // as a warning to those who have something to protect
    PasswordEncoder comparedInClear() {
        return NoOpPasswordEncoder.getInstance();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(User.withUsername("head")
                .password("a password")
                .roles("HEAD_OF_RELATIONSHIPS")
                .build());
    }
}
