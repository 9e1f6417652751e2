package dev.rapport.command.erasures;

import dev.rapport.command.erasures.Erasures.Listed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The erasures that were, in the database of the events. */
final class ErasureTable {

    private static final String COLUMNS =
            "id, erased_at, erased_by, reason, names, texts, relationships, stakeholders, in_clear";

    private final JdbcClient sql;

    ErasureTable(JdbcClient sql) {
        this.sql = sql;
    }

    /** Keeps an erasure, or that it took more than was kept of it. To be called in the transaction that destroys the keys. */
    void keep(Erasure erasure) {
        sql.sql("delete from erasure where id = ?").param(erasure.id()).update();
        sql.sql("insert into erasure (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(erasure.id())
                .param(erasure.erasedAt().atOffset(ZoneOffset.UTC))
                .param(erasure.erasedBy())
                .param(erasure.reason())
                .param(erasure.names())
                .param(erasure.texts())
                .param(erasure.relationships())
                .param(erasure.stakeholders())
                .param(erasure.inClear())
                .update();
    }

    Optional<Erasure> find(String id) {
        return sql.sql("select " + COLUMNS + " from erasure where id = ?")
                .param(id)
                .query((row, _) -> erasure(row, 0))
                .optional();
    }

    /** The newest first, of those before a number. */
    List<Listed> list(long before, int most) {
        return sql.sql("select number, " + COLUMNS + " from erasure where number < ? order by number desc limit ?")
                .param(before)
                .param(most)
                .query((row, _) -> new Listed(row.getLong(1), erasure(row, 1)))
                .list();
    }

    private static Erasure erasure(ResultSet row, int before) throws SQLException {
        return new Erasure(
                row.getString(before + 1),
                row.getObject(before + 2, OffsetDateTime.class).toInstant(),
                row.getString(before + 3),
                row.getString(before + 4),
                row.getInt(before + 5),
                row.getInt(before + 6),
                row.getInt(before + 7),
                row.getInt(before + 8),
                row.getInt(before + 9));
    }
}
