package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the names that are looked up are those of all tests")
class A_running_rapport {

    @TempDir
    private Path data;

    /** Axon's update checker would call after a second, and only where it sees no JUnit on the stack unless told not to look. */
    @Test
    void calls_nobody_that_nobody_asked_it_to_call() throws Exception {
        NamesLookedUp.hosts().clear(); // what other tests asked for before
        System.setProperty("axoniq.usage.force-test-environment", "true");
        try (RunningRapport rapport = RunningRapport.in(data)) {
            Client head = rapport.as("head");
            new Network(head).relationship("R-1", "manager1");
            Instant usedFor2Seconds = Instant.now().plusSeconds(2);
            while (Instant.now().isBefore(usedFor2Seconds)) {
                assertThat(head.command(
                                        "/relationships/R-1/interactions",
                                        fields("channel", "CALL", "summary", "we talked"))
                                .status())
                        .isEqualTo(201);
            }
        } finally {
            System.clearProperty("axoniq.usage.force-test-environment");
        }
        assertThat(NamesLookedUp.hosts())
                .isSubsetOf("localhost", InetAddress.getLocalHost().getHostName());
    }

    @Test
    void keeps_its_data_in_a_directory_that_is_named_from_where_it_was_started() throws Exception {
        Path named = Files.createTempDirectory(Path.of("target"), "data-"); // without the ./ that H2 insists on
        try (RunningRapport rapport = RunningRapport.in(named)) {
            new Network(rapport.as("head")).relationship("R-1", "manager1");
        }
        assertThat(named.resolve("events.mv.db")).exists();
        assertThat(named.resolve("read.mv.db")).exists();
    }

    @Test
    void needs_no_data_directory_that_nothing_is_kept_in() throws Exception {
        Path none = Files.writeString(data.resolve("none"), "a file");
        try (RunningRapport rapport = RunningRapport.in(none, RunningRapport.everythingIn(data.resolve("elsewhere")))) {
            new Network(rapport.as("head")).relationship("R-1", "manager1");
        }
        assertThat(none).isRegularFile();
    }

    @Test
    void would_be_heard_if_it_did() {
        assertThatThrownBy(() -> URI.create("http://somebody.invalid/").toURL().getContent());
        assertThat(NamesLookedUp.hosts()).contains("somebody.invalid");
        NamesLookedUp.hosts().remove("somebody.invalid");
    }
}
