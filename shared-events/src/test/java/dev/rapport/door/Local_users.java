package dev.rapport.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.problem.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class Local_users {

    private static final PasswordEncoder ENCODER = new BCryptPasswordEncoder(4);

    @TempDir
    private Path data;

    private Path file() {
        return data.resolve("users");
    }

    @Test
    void are_written_at_the_first_start_and_read_at_the_next() throws IOException {
        LocalUsers made = LocalUsers.of(file(), true, "", ENCODER);

        assertThat(made.details())
                .extracting(UserDetails::getUsername)
                .containsExactly("manager1", "manager2", "manager3", "head", "auditor", "reporter", "operator");
        assertThat(LocalUsers.of(file(), true, "", ENCODER)).isEqualTo(made);
        assertThat(Files.readString(file())).contains("manager1:RELATIONSHIP_MANAGER:$2a$");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void cannot_be_kept_where_there_can_be_no_file() throws IOException {
        Files.writeString(data.resolve("folder"), "a file");
        Path file = data.resolve("folder/users");

        assertThatThrownBy(() -> LocalUsers.of(file, true, "", ENCODER))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot be kept in " + file)
                .hasMessageContaining("RAPPORT_IDENTITY_USERS_FILE");
    }

    /** A link that leads nowhere yet is there for whoever makes the file, and not for whoever looked before. */
    @Test
    void are_looked_for_in_a_file_that_another_process_made_meanwhile() throws IOException {
        Files.createSymbolicLink(file(), data.resolve("theirs"));

        assertThatThrownBy(() -> LocalUsers.of(file(), true, "", ENCODER))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(file() + ", which is to name the users, cannot be read");
    }

    @Test
    void have_the_password_that_is_given_and_no_file_of_it() {
        LocalUsers users = LocalUsers.of(file(), true, "secret", ENCODER);

        assertThat(users.details()).allMatch(user -> ENCODER.matches("secret", user.getPassword()));
        assertThat(file()).doesNotExist();
        assertThat(users.areForTheFirstLook()).isTrue();
    }

    @Test
    void are_a_teams_own_when_its_file_says_so() throws IOException {
        Files.writeString(file(), "# ours\n\nanna:AUDITOR,REPORTER:" + ENCODER.encode("hers") + "\n");

        LocalUsers users = LocalUsers.of(file(), true, "", ENCODER);

        assertThat(users.areForTheFirstLook()).isFalse();
        assertThat(users.details()).singleElement().satisfies(anna -> {
            assertThat(anna.getUsername()).isEqualTo("anna");
            assertThat(anna.getAuthorities()).hasToString("[ROLE_AUDITOR, ROLE_REPORTER]");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "anna:AUDITOR", "anna:AUDITOR:hers", ":AUDITOR:$2a$x", "anna:KING:$2a$x"})
    void are_not_guessed_from_a_line_that_is_none(String line) throws IOException {
        Files.writeString(file(), "# ours\n" + line + "\n");

        assertThatThrownBy(() -> LocalUsers.of(file(), true, "", ENCODER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line 2 of");
    }
}
