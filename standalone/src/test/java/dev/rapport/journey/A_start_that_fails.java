package dev.rapport.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.command.RapportCommands;
import dev.rapport.query.RapportQueries;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;

/** What whoever runs Rapport has done, and can mend, is told in words: what is wrong, and what to do. */
@Isolated("what the others write would be captured as well")
@ExtendWith(OutputCaptureExtension.class)
class A_start_that_fails {

    private static final String NOBODY_LISTENS = "jdbc:postgresql://127.0.0.1:1/rapport";
    private static final String A_KEY = "dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRlc3RzISEhISE=";
    private static final String ANOTHER_KEY = "YW5vdGhlciBtYXN0ZXIga2V5IG9mIGFsbCB0ZXN0cyE=";

    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private void isToldInWords(CapturedOutput output, String wrong, String toDo, Map<String, String> settings) {
        assertThatThrownBy(() -> RunningRapport.in(data(), settings).close()).isNotNull();
        isToldInWords(output, wrong, toDo);
    }

    private static void isToldInWords(CapturedOutput output, String wrong, String toDo) {
        assertThat(output.getAll())
                .containsOnlyOnce("APPLICATION FAILED TO START")
                .doesNotContain("\tat ")
                .containsPattern("(?s)Description:\\s.*" + wrong + ".*\\sAction:\\s.*" + toDo);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rapport.master-key            | c2hvcnQ=      | the master key in rapport.master-key has 5 bytes, not 32 | openssl rand -base64 32
        rapport.master-key            | *             | the master key in rapport.master-key is not Base64       | openssl rand -base64 32
        rapport.master-key-made       | perhaps       | rapport.master-key-made is “perhaps”                     | RAPPORT_MASTER_KEY_MADE
        rapport.zone                  | Nowhere       | rapport.zone is “Nowhere”                                | RAPPORT_ZONE
        rapport.events.pool-size      | 1             | Property: rapport.events.poolSize                        | Update your application's configuration
        rapport.events.url            | ''            | Property: rapport.events.url                             | Update your application's configuration
        rapport.events.pool-size      | many          | rapport.events.pool-size                                 | Update your application's configuration
        rapport.read.connections      | 0             | Property: rapport.read.connections                       | Update your application's configuration
        rapport.audit.connections     | 0             | Property: rapport.audit.connections                      | Update your application's configuration
        rapport.events.url            | jdbc:postgresql://127.0.0.1:1/rapport | does not answer: Connection to 127.0.0.1:1 refused | RAPPORT_EVENTS_URL
        rapport.events.url            | jdbc:postgresql://nobody.invalid/rapport | does not answer: .*UnknownHostException: nobody.invalid | RAPPORT_EVENTS_URL
        rapport.read.url              | jdbc:postgresql://127.0.0.1:1/rapport | does not answer: Connection to 127.0.0.1:1 refused | RAPPORT_READ_URL
        rapport.audit.url             | jdbc:postgresql://127.0.0.1:1/rapport | does not answer: Connection to 127.0.0.1:1 refused | RAPPORT_AUDIT_URL
        rapport.trust.policy          | of nobody     | of nobody                                                | RAPPORT_TRUST_POLICY
        rapport.trust.policies        | /nowhere      | /nowhere                                                 | RAPPORT_TRUST_POLICIES
        rapport.upgrade-policy        | file:/nowhere | /nowhere                                                 | RAPPORT_UPGRADE_POLICY
        rapport.practice-policy       | file:/nowhere | /nowhere                                                 | RAPPORT_PRACTICE_POLICY
        rapport.seal.key              | none          | rapport.seal.key holds no key of a seal                  | RAPPORT_SEAL_KEY
        server.address                | 0.0.0.0       | Rapport would listen on 0.0.0.0                          | trusted-network
        server.address                | nobody.invalid | server.address                                          | Update your application's configuration
        """)
    void for_what_a_setting_says_is_told_in_words(
            String setting, String value, String wrong, String toDo, CapturedOutput output) {
        isToldInWords(output, wrong, toDo, Map.of(setting, value));
    }

    @ParameterizedTest
    @CsvSource({"server.port", "management.server.port"})
    void for_a_port_in_use_is_told_in_words(String setting, CapturedOutput output) throws IOException {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            isToldInWords(
                    output,
                    "Port " + used.getLocalPort() + " was already in use",
                    "configure this application to listen on another port",
                    Map.of(setting, String.valueOf(used.getLocalPort())));
        }
    }

    @Test
    void for_another_master_key_is_told_in_words(CapturedOutput output) {
        began(A_KEY);

        isToldInWords(
                output,
                "wrapped by the master key \\w+, and this is \\w+",
                "RAPPORT_FORMER_MASTER_KEY",
                Map.of("rapport.master-key", ANOTHER_KEY));
    }

    @Test
    void for_a_master_key_that_is_gone_is_told_in_words(CapturedOutput output) {
        began(A_KEY);

        isToldInWords(output, "master.key is gone", "[Bb]ring", Map.of());
    }

    private void began(String masterKey) {
        try (RunningRapport rapport = RunningRapport.in(data(), Map.of("rapport.master-key", masterKey))) {
            assertThat(rapport.as("head")
                            .command(
                                    "/stakeholders",
                                    Map.of("id", "acme", "name", "Acme", "kind", "SUPPLIER", "group", "Parts"))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void for_a_seal_without_its_key_is_told_in_words(CapturedOutput output) throws IOException {
        RunningRapport.in(data()).close();
        Files.delete(data().resolve("seal.key"));

        isToldInWords(output, "which is missing", "seal.key", Map.of());
    }

    @Test
    void for_another_key_of_the_seal_is_told_in_words(CapturedOutput output) throws IOException {
        RunningRapport.in(data()).close();
        Path key = data().resolve("seal.key");
        Files.delete(key);
        RunningRapport.in(folder.resolve("other")).close();
        Files.copy(folder.resolve("other").resolve("seal.key"), key);

        isToldInWords(output, "but the one at hand is", "RAPPORT_SEAL_RETIRING_KEY", Map.of());
    }

    @Test
    void for_a_data_directory_that_is_none_is_told_in_words(CapturedOutput output) throws IOException {
        Files.writeString(data(), "a file");

        isToldInWords(output, "nothing can be written to the data directory " + data(), "RAPPORT_DATA_DIR", Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "rapport.events.url, jdbc:h2:file:${rapport.data-dir}/events",
        "rapport.read.url, jdbc:h2:file:${rapport.data-dir}/read",
        "rapport.audit.url, jdbc:h2:file:${rapport.data-dir}/audit",
        "rapport.master-key, ''",
        "rapport.seal.key, ''",
        "rapport.demo.password, ''",
        "rapport.sample-data, true"
    })
    void for_a_data_directory_that_is_none_is_told_whatever_is_to_be_kept_there(
            String setting, String value, CapturedOutput output) throws IOException {
        Files.writeString(data(), "a file");
        Map<String, String> settings = new HashMap<>(RunningRapport.everythingIn(folder.resolve("elsewhere")));
        settings.put(setting, value);

        isToldInWords(output, "nothing can be written to the data directory " + data(), "RAPPORT_DATA_DIR", settings);
    }

    @Test
    void for_a_key_that_may_not_be_made_does_not_blame_the_data_directory(CapturedOutput output) throws IOException {
        Files.writeString(data(), "a file");
        Map<String, String> settings = new HashMap<>(RunningRapport.everythingIn(folder.resolve("elsewhere")));
        settings.put("rapport.master-key", "");
        settings.put("rapport.master-key-made", "false");

        isToldInWords(output, "the master key's file " + data().resolve("master.key"), "RAPPORT_MASTER_KEY", settings);
    }

    /** Whoever adds a setting that keeps something there has the directory looked at for it, and a case above. */
    @Test
    void for_a_data_directory_is_tried_with_all_that_is_kept_there() throws IOException {
        var yaml = new YamlPropertySourceLoader().load("settings", new ClassPathResource("application.yml"));
        assertThat(yaml)
                .flatExtracting(source -> ((MapPropertySource) source)
                        .getSource().entrySet().stream()
                                .filter(setting -> setting.getValue().toString().contains("${rapport.data-dir}"))
                                .map(Map.Entry::getKey)
                                .toList())
                .containsExactlyInAnyOrder(
                        "rapport.events.url",
                        "rapport.read.url",
                        "rapport.audit.url",
                        "rapport.master-key-file",
                        "rapport.seal.key-file",
                        "rapport.identity.users-file");
    }

    @Test
    void for_an_upgrade_policy_that_makes_no_sense_is_told_in_words(CapturedOutput output) throws IOException {
        Path policy = folder.resolve("policy.json");
        try (InputStream standard = new ClassPathResource("policies/upgrade-standard.json").getInputStream()) {
            Files.writeString(
                    policy,
                    new String(standard.readAllBytes(), UTF_8)
                            .replaceFirst("\"assessmentMonths\": \\d+", "\"assessmentMonths\": 0"));
        }

        isToldInWords(
                output,
                "policy.json\\] can't be used: assessmentMonths must be greater than or equal to 1",
                "RAPPORT_UPGRADE_POLICY",
                Map.of("rapport.upgrade-policy", policy.toUri().toString()));
    }

    @Test
    void for_a_database_that_another_process_has_is_told_in_words(CapturedOutput output) throws IOException {
        RunningRapport.in(data()).close();
        try (FileChannel another =
                FileChannel.open(data().resolve("events.mv.db"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            another.lock();

            isToldInWords(output, "Database may be already in use", "RAPPORT_DATA_DIR", Map.of());
        }
    }

    @ParameterizedTest
    @CsvSource({"nobody, is not name:ROLE", "a:NOTHING:$2a$10$x, names a role that there is not"})
    void for_a_file_of_users_that_is_none_is_told_in_words(String line, String wrong, CapturedOutput output)
            throws IOException {
        Path users = Files.writeString(folder.resolve("users"), line);

        isToldInWords(
                output,
                "line 1 of " + users + " " + wrong,
                "RAPPORT_IDENTITY_USERS_FILE",
                Map.of("rapport.identity.users-file", users.toString()));
    }

    @Test
    void for_a_file_of_users_that_cannot_be_read_is_told_in_words(CapturedOutput output) throws IOException {
        Path users = Files.createDirectory(folder.resolve("users"));

        isToldInWords(
                output,
                users + ", which is to name the users, cannot be read",
                "RAPPORT_IDENTITY_USERS_FILE",
                Map.of("rapport.identity.users-file", users.toString()));
    }

    @Test
    void for_a_file_of_users_that_is_no_text_is_told_in_words(CapturedOutput output) throws IOException {
        Path users = Files.write(folder.resolve("users"), "J\u00f6rg:AUDITOR:$2a$10$x".getBytes(ISO_8859_1));

        isToldInWords(
                output,
                users + ", which is to name the users, is no text in UTF-8",
                "RAPPORT_IDENTITY_USERS_FILE",
                Map.of("rapport.identity.users-file", users.toString()));
    }

    @Test
    void of_the_command_side_is_told_in_words(CapturedOutput output) {
        fails(RapportCommands.application(), List.of());

        isToldInWords(output, "a database does not answer: Connection to 127.0.0.1:1 refused", "RAPPORT_EVENTS_URL");
    }

    @Test
    void of_the_query_side_is_told_in_words(CapturedOutput output) {
        fails(
                RapportQueries.application(),
                List.of(
                        "--rapport.read.url=" + NOBODY_LISTENS,
                        "--rapport.audit.url=" + NOBODY_LISTENS,
                        "--rapport.seal.active=false"));

        isToldInWords(output, "a database does not answer: Connection to 127.0.0.1:1 refused", "RAPPORT_EVENTS_URL");
    }

    private static void fails(SpringApplication side, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--rapport.demo.password=a password",
                "--rapport.master-key=" + A_KEY,
                "--rapport.events.url=" + NOBODY_LISTENS));
        arguments.addAll(more);
        assertThatThrownBy(() -> side.run(arguments.toArray(String[]::new)).close())
                .isNotNull();
    }

    @Test
    void for_a_fault_of_ours_says_where(CapturedOutput output) {
        assertThatThrownBy(() -> RunningRapport.in(data(), Map.of(), Failing.class, new Failing())
                        .close())
                .isNotNull();

        assertThat(output.getAll()).contains("\tat " + Failing.class.getName()).doesNotContain("Action:");
    }

    /** Fails as a programmer would have it fail. */
    static final class Failing implements SmartInitializingSingleton {

        @Override
        public void afterSingletonsInstantiated() {
            throw new IllegalStateException("this was not thought of");
        }
    }
}
