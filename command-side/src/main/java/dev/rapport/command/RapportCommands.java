package dev.rapport.command;

import dev.rapport.door.Door;
import dev.rapport.door.OwnProcess;
import dev.rapport.door.RequiredSetting;
import java.util.List;
import org.axonframework.springboot.autoconfig.AxonDbSchedulerAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.XStreamAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Starts the command side in a process of its own, of which there may be any number on one PostgreSQL. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            JdbcAutoConfiguration.class,
            AxonDbSchedulerAutoConfiguration.class,
            XStreamAutoConfiguration.class
        })
@Import({CommandSide.class, Door.class})
public class RapportCommands {

    private static final int USUAL_PORT = 8080;

    public static void main(String... arguments) {
        application().run(arguments);
    }

    /** The command side, to be run. */
    public static SpringApplication application() {
        return new OwnProcess(
                        RapportCommands.class,
                        "rapport-commands",
                        USUAL_PORT,
                        List.of(RequiredSetting.EVENT_DATABASE, RequiredSetting.MASTER_KEY, RequiredSetting.CALLERS))
                .toRun();
    }
}
