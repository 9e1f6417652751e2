package dev.rapport.benchmark.raw;

import dev.rapport.benchmark.subject.Run;
import dev.rapport.benchmark.subject.Setting;
import dev.rapport.benchmark.subject.SubjectProcess;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import tools.jackson.databind.json.JsonMapper;

/** Reads an event log from one end to the other and parses every payload: the least that anybody does who builds read models of it anew. */
public final class RawScan {

    private static final int AT_A_TIME = 1_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RawScan() {}

    private static Run scan() throws SQLException {
        long begin = System.nanoTime();
        long events = 0;
        try (Connection connection = DriverManager.getConnection(Setting.of("url"), Setting.of("user"), "")) {
            connection.setAutoCommit(false); // else the driver reads everything before it hands out the first row
            try (PreparedStatement all = connection.prepareStatement(
                    "select position, stream, sequence_number, event_type, payload, metadata"
                            + " from event_log order by position")) {
                all.setFetchSize(AT_A_TIME);
                try (ResultSet rows = all.executeQuery()) {
                    while (rows.next()) {
                        if (!JSON.readTree(rows.getBytes(5)).isObject() || rows.getBytes(6).length == 0) {
                            throw new IllegalStateException("position " + rows.getLong(1) + " is no event");
                        }
                        events++;
                    }
                }
            }
        }
        return new Run(events, System.nanoTime() - begin, 0, 0);
    }

    public static void main(String... arguments) throws IOException {
        SubjectProcess.ofThisJvm().serve((verb, _) -> switch (verb) {
            case "scan" -> scan().line();
            default -> throw new IllegalArgumentException(verb);
        });
    }
}
