package dev.rapport.query.projection;

import dev.rapport.events.storage.TokenSerializer;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** How far each segment of the projection has come: Axon's token store, in the read database and its transactions. */
final class TokenTable {

    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

    static TokenStore in(DataSource dataSource) {
        return JdbcTokenStore.builder()
                .connectionProvider(new TransactionAwareDataSourceProxy(dataSource)::getConnection)
                .serializer(new TokenSerializer())
                .claimTimeout(CLAIM_TIMEOUT)
                .schema(TokenSchema.builder()
                        .setTokenTable("projection_token")
                        .setProcessorNameColumn("processor")
                        .setSegmentColumn("segment")
                        .setTokenColumn("token")
                        .setTokenTypeColumn("token_type")
                        .setTimestampColumn("stored_at")
                        .setOwnerColumn("owner")
                        .build())
                .build();
    }

    /** The position that a stored token stands for. */
    static long position(String type, byte[] token) {
        TrackingToken stored =
                new TokenSerializer().deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return stored.position().orElse(0);
    }

    private TokenTable() {}
}
