package dev.rapport.command.dispatch;

import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.events.storage.KeyedHash;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The receipts of requests: each key with the answer that was given to it. A receipt is written in the transaction of the events that it
 * acknowledges, so that neither can be there without the other.
 */
final class ReceiptTable {

    private final JdbcClient sql;
    private final JsonMapper json;
    private final KeyedHash hash;

    /**
     * A table of receipts.
     *
     * @param hash what is kept of fingerprints, so that nobody can try by them what was written
     */
    ReceiptTable(JdbcClient sql, JsonMapper json, KeyedHash hash) {
        this.sql = sql;
        this.json = json;
        this.hash = hash;
    }

    /**
     * The answer that was given to this request before.
     *
     * @throws Refusal when the key belongs to another request
     */
    Optional<Answer> find(ReceiptKey key) {
        String fingerprint = hash.of(key.fingerprint());
        // receipts of before the fingerprints were keyed are found as well
        return sql.sql("select fingerprint, answer from receipt where scope = ? and idempotency_key in (?, ?)")
                .param(key.scope())
                .param(kept(key))
                .param(key.key())
                .query((row, _) -> new Receipt(row.getString("fingerprint"), row.getString("answer")))
                .optional()
                .map(receipt -> {
                    if (!receipt.fingerprint.equals(fingerprint) && !receipt.fingerprint.equals(key.fingerprint())) {
                        throw new Refusal(
                                Reason.KEY_REUSED, "the idempotency key was sent before with another request");
                    }
                    return json.readValue(receipt.answer, Answer.class);
                });
    }

    /**
     * Keeps the answer to a request.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another node was faster
     */
    void keep(ReceiptKey key, Answer answer, Instant at) {
        sql.sql("insert into receipt (scope, idempotency_key, fingerprint, answer, kept_since) values (?, ?, ?, ?, ?)")
                .param(key.scope())
                .param(kept(key))
                .param(hash.of(key.fingerprint()))
                .param(json.writeValueAsString(answer))
                .param(Timestamp.from(at))
                .update();
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

    private record Receipt(String fingerprint, String answer) {}
}
