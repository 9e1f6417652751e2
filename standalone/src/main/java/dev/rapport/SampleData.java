package dev.rapport;

import dev.rapport.command.Caller;
import dev.rapport.command.Caller.Role;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.imports.ImportListener;
import dev.rapport.command.imports.ImportSummary;
import dev.rapport.command.imports.Importer;
import dev.rapport.events.storage.EventLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Fills an empty store with a history that tells a story, before the first request is taken. An import that was cut off goes on at the
 * next start: its lines take effect once.
 */
@Component
@ConditionalOnBooleanProperty("rapport.sample-data")
class SampleData implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(SampleData.class);
    private static final Caller TELLER = new Caller("sample-data", Role.HEAD_OF_RELATIONSHIPS);

    private final Importer importer;
    private final EventLog events;
    private final Resource story;
    private final Path unfinished;

    SampleData(
            Importer importer,
            EventLog events,
            @Value("classpath:sample-data/relationships.ndjson") Resource story,
            @Value("${rapport.data-dir}") Path dataDirectory) {
        this.importer = importer;
        this.events = events;
        this.story = story;
        this.unfinished = dataDirectory.resolve("sample-data.unfinished");
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (!Files.exists(unfinished) && !events.read(0, 1).isEmpty()) {
            return;
        }
        Files.createDirectories(unfinished.toAbsolutePath().getParent());
        Files.writeString(unfinished, "The import of the sample data goes on at the next start.\n");
        try (InputStream lines = story.getInputStream()) {
            importer.run(lines, TELLER, new Report());
        }
        Files.delete(unfinished);
    }

    /** The story is ours, so a line of it that is refused is a fault, and loud. */
    private static final class Report implements ImportListener {

        @Override
        public void decided(long line, Given given) {
            if (!(given.answer() instanceof Accepted)) {
                log.error("line {} of the sample data was refused: {}", line, given.answer());
            }
        }

        @Override
        public void failed(long line, Exception failure) {
            log.error("line {} of the sample data failed", line, failure);
        }

        @Override
        public void finished(ImportSummary summary) {
            log.info("The sample data is in: {}", summary);
        }
    }
}
