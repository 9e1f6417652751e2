package dev.rapport.query;

import static dev.rapport.query.Examples.SOME_DAY;
import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.vocabulary.Party;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** 1,000,000 commitments, exported by a query side that has 256 MiB of heap. */
@OnEachDatabase
@Tag("faults")
class A_long_export {

    private static final int ROWS = 1_000_000;
    private static final int AT_ONCE = 50_000;
    private static final long MOST_MEMORY_KIB = 700_000;
    private static final Pattern ID = Pattern.compile("C-(\\d+)");

    @Parameter
    Database database;

    private String url;

    @BeforeParameterizedClassInvocation
    void fill_the_read_models() throws SQLException {
        url = database.freshUrl();
        try (var log = new Log(database);
                var queries = RunningQuerySide.of(log, database, url)) {
            log.append(
                    stakeholder("S-1", "Acme"),
                    relationship("R-1", "S-1", "manager1"),
                    commitment("R-1", "C-1", Party.US, "=1+1, and other things that are promised", SOME_DAY));
            queries.catchUp();
        }
        try (var connection = Rows.connect(url, database.user());
                var statement = connection.createStatement()) {
            for (int from = 2; from <= ROWS; from += AT_ONCE) {
                String numbers = numbers(from, Math.min(ROWS, from + AT_ONCE - 1));
                statement.execute("insert into entry select relationship_id, 'C-' || n, kind, 1000 + n, occurred_at,"
                        + " retracted, replace(state, '\"C-1\"', '\"C-' || n || '\"') from entry cross join " + numbers
                        + " where entry_id = 'C-1'");
                statement.execute("insert into commitment select relationship_id, 'C-' || n, 1000 + n, made_by, state,"
                        + " overdue, " + dueOn() + ", late from commitment cross join " + numbers
                        + " where commitment_id = 'C-1'");
            }
            statement.execute("analyze");
        }
    }

    /** A thousand on each of a thousand days. */
    private String dueOn() {
        return switch (database) {
            case H2 -> "dateadd(day, mod(n, 1000), due_on)";
            case POSTGRESQL -> "due_on + (n % 1000)";
        };
    }

    private String numbers(int from, int to) {
        return switch (database) {
            case H2 -> "(select x as n from system_range(" + from + ", " + to + ")) as numbers";
            case POSTGRESQL -> "generate_series(" + from + ", " + to + ") as n";
        };
    }

    @Test
    void is_told_whole_in_bounded_memory() throws Exception {
        try (QueryProcess process = QueryProcess.on(database, url, "-Xmx256m", "-XX:+UseSerialGC")) {
            for (String form : new String[] {"application/x-ndjson", "text/csv"}) {
                for (String list : new String[] {"/api/v1/commitments", "/api/v1/commitments?sort=-dueOn"}) {
                    Instant began = Instant.now();

                    BitSet seen = export(process, list, form);

                    System.out.printf(
                            "%s, %s as %s: %,d rows in %d s, peak memory %,d KiB%n",
                            database,
                            list,
                            form,
                            seen.cardinality(),
                            Duration.between(began, Instant.now()).toSeconds(),
                            process.peakMemory());
                    assertThat(seen.cardinality()).isEqualTo(ROWS);
                    assertThat(process.peakMemory()).isLessThan(MOST_MEMORY_KIB);
                }
            }
        }
    }

    private static BitSet export(QueryProcess process, String list, String form)
            throws IOException, InterruptedException {
        String credentials = Base64.getEncoder().encodeToString("head:head".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(process.root().resolve(list))
                .header("Authorization", "Basic " + credentials)
                .header("Accept", form)
                .build();
        var seen = new BitSet(ROWS);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                // read to its end, or the client would wait for it when it is closed
                throw new AssertionError(
                        answer.statusCode() + " " + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher id = ID.matcher(line);
                    if (id.find()) {
                        int number = Integer.parseInt(id.group(1));
                        assertThat(seen.get(number)).isFalse();
                        seen.set(number);
                    }
                }
            }
        }
        return seen;
    }
}
