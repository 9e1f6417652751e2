package dev.rapport.query.projection;

import dev.rapport.events.storage.TokenSerializer;
import dev.rapport.query.database.FeedingVersion;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * How far each segment of the projection has come: Axon's token store, in the read database and its transactions. An older node gets no segment:
 * where it would begin, the log may be readable again, but the rows tell of what is not.
 */
final class TokenTable extends JdbcTokenStore {

    /** One for all: to make one is to make a mapper of JSON, and it is asked for between two looks. */
    static final TokenSerializer SERIALIZER = new TokenSerializer();

    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

    private final FeedingVersion version;

    private TokenTable(Builder builder, FeedingVersion version) {
        super(builder);
        this.version = version;
    }

    static TokenStore in(DataSource dataSource, FeedingVersion version) {
        Builder builder = JdbcTokenStore.builder()
                .connectionProvider(new TransactionAwareDataSourceProxy(dataSource)::getConnection)
                .serializer(SERIALIZER)
                .claimTimeout(CLAIM_TIMEOUT)
                .schema(TokenSchema.builder()
                        .setTokenTable("projection_token")
                        .setProcessorNameColumn("processor")
                        .setSegmentColumn("segment")
                        .setTokenColumn("token")
                        .setTokenTypeColumn("token_type")
                        .setTimestampColumn("stored_at")
                        .setOwnerColumn("owner")
                        .build());
        return new TokenTable(builder, version);
    }

    /** Claims first and looks then: who had the segment before left word of what it read before it let go. */
    @Override
    public @Nullable TrackingToken fetchToken(String processor, Segment segment) {
        TrackingToken token = super.fetchToken(processor, segment);
        requireToday();
        return token;
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processor, int segment) {
        TrackingToken token = super.fetchToken(processor, segment);
        requireToday();
        return token;
    }

    private void requireToday() {
        if (version.isBehind()) {
            throw new UnableToClaimTokenException("the segment is left to nodes of a newer version");
        }
    }

    /** The position that a stored token stands for. */
    static long position(String type, byte[] token) {
        TrackingToken stored = SERIALIZER.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return stored.position().orElse(0);
    }
}
