package dev.rapport.command.dispatch;

import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.dispatch.ReceiptTable.Receipt;
import dev.rapport.command.eventstore.GroupCommit;
import dev.rapport.command.eventstore.GroupWriter;
import dev.rapport.events.storage.KeyedHash;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The receipts of requests: each key with the answer that was given to it. A receipt is written in the transaction of the events that it
 * acknowledges, so that neither can be there without the other.
 */
final class ReceiptTable implements GroupWriter<Receipt> {

    private static final String INSERT =
            "insert into receipt (scope, idempotency_key, fingerprint, answer, kept_since) values (?, ?, ?, ?, ?)";

    private final JdbcClient sql;
    private final JdbcTemplate batches;
    private final GroupCommit commits;
    private final JsonMapper json;
    private final KeyedHash hash;

    /**
     * A table of receipts.
     *
     * @param commits receipts are kept when their commands are committed
     * @param hash what is kept of fingerprints, so that nobody can try by them what was written
     */
    ReceiptTable(DataSource dataSource, GroupCommit commits, JsonMapper json, KeyedHash hash) {
        this.sql = JdbcClient.create(dataSource);
        this.batches = new JdbcTemplate(dataSource);
        this.commits = commits;
        this.json = json;
        this.hash = hash;
    }

    /** A row to be. */
    record Receipt(String scope, String key, String fingerprint, String answer, Instant keptSince) {}

    /**
     * The answer that was given to this request before.
     *
     * @throws Refusal when the key belongs to another request
     */
    Optional<Answer> find(ReceiptKey key) {
        return sql.sql("select fingerprint, answer from receipt where scope = ? and idempotency_key = ?")
                .param(key.scope())
                .param(kept(key))
                .query((row, _) -> {
                    if (!row.getString("fingerprint").equals(hash.of(key.fingerprint()))) {
                        throw new Refusal(
                                Reason.KEY_REUSED, "the idempotency key was sent before with another request");
                    }
                    return json.readValue(row.getString("answer"), Answer.class);
                })
                .optional();
    }

    /** The answers that import lines were given before, of those that were. */
    Map<ReceiptKey, Answer> findImported(Collection<ReceiptKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<String, ReceiptKey> wanted = new HashMap<>();
        keys.forEach(key -> wanted.put(kept(key), key));
        Map<ReceiptKey, Answer> found = new HashMap<>();
        sql.sql("select idempotency_key, answer from receipt where scope = :scope and idempotency_key in (:keys)")
                .param("scope", ReceiptKey.IMPORTS)
                .param("keys", wanted.keySet())
                .query(row -> {
                    found.put(
                            Objects.requireNonNull(wanted.get(row.getString("idempotency_key"))),
                            json.readValue(row.getString("answer"), Answer.class));
                });
        return found;
    }

    /**
     * Keeps the answer to a request, when the command that is under way commits, or at once if none is.
     *
     * @throws org.springframework.dao.DuplicateKeyException when the request was answered before, thrown by whatever commits
     */
    void keep(ReceiptKey key, Answer answer, Instant at) {
        commits.write(
                this,
                new Receipt(key.scope(), kept(key), hash.of(key.fingerprint()), json.writeValueAsString(answer), at));
    }

    @Override
    public Stage stage() {
        return Stage.RECEIPTS;
    }

    @Override
    public void write(List<Receipt> rows) {
        batches.batchUpdate(
                INSERT,
                rows.stream()
                        .map(row -> new Object[] {
                            row.scope, row.key, row.fingerprint, row.answer, Timestamp.from(row.keptSince)
                        })
                        .toList());
    }

    /** The key of an import line is made of what it says; that of a caller is nothing but a key. */
    private String kept(ReceiptKey key) {
        return key.scope().equals(ReceiptKey.IMPORTS) ? hash.of(key.key()) : key.key();
    }

    /** Forgets the receipts of callers that are older; what was imported is remembered for good. */
    int forgetBefore(Instant time) {
        return sql.sql("delete from receipt where kept_since < ? and scope <> ?")
                .param(Timestamp.from(time))
                .param(ReceiptKey.IMPORTS)
                .update();
    }
}
