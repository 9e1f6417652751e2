package dev.rapport.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class The_page_of_all_events {

    private static final Path PAGE = Path.of("..", "docs", "events.md");

    @BeforeAll
    static void write_the_page_when_asked_to() throws IOException {
        if ("write".equals(System.getProperty("rapport.docs"))) {
            Files.writeString(PAGE, EventsDocument.text());
        }
    }

    @Test
    void says_what_the_code_says() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("docs/events.md is stale; its head says how to write it anew")
                .isEqualTo(EventsDocument.text());
    }
}
