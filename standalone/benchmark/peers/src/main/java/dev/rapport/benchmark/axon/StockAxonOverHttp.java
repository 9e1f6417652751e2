package dev.rapport.benchmark.axon;

import dev.rapport.benchmark.http.BasicDoor;
import dev.rapport.benchmark.http.HttpPeer;
import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.SubjectProcess;
import java.io.IOException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** Stock Axon on JPA behind HTTP, with one small read model that follows. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({StockAxon.Common.class, AxonController.class, Counts.class, BasicDoor.class})
public class StockAxonOverHttp {

    private record Following(StockAxon axon, Counts counts) implements HttpPeer.Filling {

        @Override
        public void fill(Past past) throws Exception {
            axon.fill(past);
        }

        @Override
        public boolean hasSettled() {
            return counts.seen() >= counts.stored();
        }
    }

    public static void main(String... arguments) throws IOException {
        SubjectProcess process = SubjectProcess.ofThisJvm();
        System.setProperty("disable-axoniq-console-message", "true");
        try (ConfigurableApplicationContext context = HttpPeer.start(StockAxonOverHttp.class, StockAxon.settings())) {
            StockAxon axon = new StockAxon(context);
            HttpPeer.serve(process, context, new Following(axon, context.getBean(Counts.class)));
        }
        process.end();
    }
}
