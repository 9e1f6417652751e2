package dev.rapport.command.imports;

import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.http.CommandProblems;
import dev.rapport.command.intake.CommandIntake;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ImportConfiguration {

    @Bean
    Importer importer(CommandIntake intake, CommandDispatcher dispatcher, Clock clock) {
        return new Importer(intake, dispatcher, clock);
    }

    @Bean
    RouterFunction<ServerResponse> importRoutes(Importer importer, CommandProblems problems, JsonMapper json) {
        return new ImportEndpoint(importer, problems, json).routes();
    }
}
