package dev.rapport.benchmark.raw;

import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Setting;
import dev.rapport.benchmark.subject.Step;
import dev.rapport.benchmark.subject.Subject;
import dev.rapport.benchmark.subject.SubjectProcess;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

/** Inserts a row of the shape of an event and commits: the least that anybody does who keeps an event. Nothing is decided, loaded or encoded. */
public final class RawInsert implements Subject {

    /** What an event's payload and its metadata weigh. */
    private static final int PAYLOAD = 400;

    private static final int METADATA = 300;

    private static final String INSERT =
            "insert into raw_event (event_id, stream_type, stream, sequence_number, event_type, revision, payload,"
                    + " metadata) values (?, 'Relationship', ?, ?, ?, '1', ?, ?)";

    private final HikariDataSource pool = new HikariDataSource();
    private final boolean commits;

    private RawInsert(boolean commits) throws SQLException {
        this.commits = commits;
        pool.setJdbcUrl(Setting.of("url"));
        pool.setUsername(Setting.of("user"));
        pool.setMaximumPoolSize(Setting.number("pool"));
        pool.setAutoCommit(!commits);
        boolean h2 = Setting.of("url").startsWith("jdbc:h2:");
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create sequence raw_event_position" + (h2 ? " cache 1" : ""));
            statement.execute("""
                create table raw_event (
                    position        bigint                      default %s not null primary key,
                    event_id        varchar(36)                 not null,
                    stream_type     varchar(32)                 not null,
                    stream          varchar(80)                 not null,
                    sequence_number bigint                      not null,
                    event_type      varchar(64)                 not null,
                    revision        varchar(16)                 not null,
                    recorded_at     timestamp(6) with time zone default current_timestamp not null,
                    payload         %s                          not null,
                    metadata        %<s                         not null,
                    unique (stream, sequence_number)
                )\
                """.formatted(
                            h2 ? "next value for raw_event_position" : "nextval('raw_event_position')",
                            h2 ? "varbinary(1000000)" : "bytea"));
            if (commits) {
                connection.commit();
            }
        }
    }

    @Override
    public void fill(Past past) throws Exception {
        past.fill(relationship -> {
            try (Connection connection = pool.getConnection();
                    PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (Step step : past.of(relationship)) {
                    bind(insert, step);
                    insert.addBatch();
                }
                insert.executeBatch();
                if (commits) {
                    connection.commit();
                }
            }
        });
    }

    @Override
    public void take(Step step) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            bind(insert, step);
            insert.executeUpdate();
            if (commits) {
                connection.commit();
            }
        }
    }

    private static void bind(PreparedStatement insert, Step step) throws SQLException {
        insert.setString(1, UUID.randomUUID().toString());
        insert.setString(2, step.relationshipId());
        insert.setLong(3, step.number());
        insert.setString(4, step.kind().name());
        insert.setBytes(5, bytes(PAYLOAD, step));
        insert.setBytes(6, bytes(METADATA, step));
    }

    private static byte[] bytes(int length, Step step) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) ('a' + step.number() % 26));
        return bytes;
    }

    @Override
    public void close() {
        pool.close();
    }

    public static void main(String... arguments) throws SQLException, IOException {
        SubjectProcess process = SubjectProcess.ofThisJvm();
        try (RawInsert raw = new RawInsert(Boolean.parseBoolean(Setting.of("commits")))) {
            process.serve(raw, Setting.past(), Setting.number("threads"));
        }
        process.end();
    }
}
