package dev.rapport.command.http;

import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.erasures.Erasures;
import dev.rapport.command.intake.CommandCatalog;
import dev.rapport.command.intake.CommandIntake;
import dev.rapport.command.relationship.Readiness;
import jakarta.servlet.Filter;
import jakarta.validation.Validator;
import java.time.Clock;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    CommandIntake commandIntake(Validator validator, Clock clock) {
        return new CommandIntake(new CommandCatalog(), validator, clock);
    }

    @Bean
    CommandProblems commandProblems() {
        return new CommandProblems();
    }

    @Bean
    RouterFunction<ServerResponse> commandRoutes(
            CommandIntake intake, CommandDispatcher dispatcher, CommandProblems problems) {
        return new CommandEndpoint(intake, dispatcher, problems).routes();
    }

    @Bean
    Filter wildcardContentTypes() {
        return new WildcardContentTypes();
    }

    @Bean
    @Order(0)
    GlobalOpenApiCustomizer commandOperations() {
        return new CommandOperations();
    }

    @Bean
    RouterFunction<ServerResponse> erasureRoutes(CommandIntake intake, Erasures erasures, CommandProblems problems) {
        return new ErasureEndpoint(intake, erasures, problems).routes();
    }

    @Bean
    RouterFunction<ServerResponse> readinessRoutes(
            ObjectProvider<Readiness> readiness, CommandProblems problems, Clock clock) {
        return new ReadinessEndpoint(readiness, problems, clock).routes();
    }
}
