package dev.rapport.command.dispatch;

import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
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

    ReceiptTable(JdbcClient sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /**
     * The answer that was given to this request before.
     *
     * @throws Refusal when the key belongs to another request
     */
    Optional<Answer> find(ReceiptKey key) {
        return sql.sql("select fingerprint, answer from receipt where scope = ? and idempotency_key = ?")
                .param(key.scope())
                .param(key.key())
                .query((row, _) -> new Receipt(row.getString("fingerprint"), row.getString("answer")))
                .optional()
                .map(receipt -> {
                    if (!receipt.fingerprint.equals(key.fingerprint())) {
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
                .param(key.key())
                .param(key.fingerprint())
                .param(json.writeValueAsString(answer))
                .param(Timestamp.from(at))
                .update();
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
