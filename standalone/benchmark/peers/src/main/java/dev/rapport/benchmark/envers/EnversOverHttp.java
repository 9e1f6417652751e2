package dev.rapport.benchmark.envers;

import dev.rapport.benchmark.http.BasicDoor;
import dev.rapport.benchmark.http.HttpPeer;
import dev.rapport.benchmark.subject.SubjectProcess;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** A plain service on Spring Boot and Hibernate Envers. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableJpaRepositories(considerNestedRepositories = true)
@ComponentScan
@Import(BasicDoor.class)
public class EnversOverHttp {

    public static void main(String... arguments) throws IOException {
        SubjectProcess process = SubjectProcess.ofThisJvm();
        try (ConfigurableApplicationContext context = HttpPeer.start(EnversOverHttp.class, Map.of())) {
            Bookkeeping bookkeeping = context.getBean(Bookkeeping.class);
            HttpPeer.serve(
                    process, context, past -> past.fill(relationship -> bookkeeping.fill(past.of(relationship))));
        }
        process.end();
    }
}
