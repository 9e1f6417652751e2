package dev.rapport.query.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What readers of the stream may ask of us.
 *
 * @param mostPerCaller how many streams a caller may have open at a time
 * @param most how many streams may be open at a time on this node
 * @param heartbeat how long a stream is silent at most
 * @param patience how long a reader may take nothing before it is dropped
 * @param longest how long a stream goes on before its reader has to come back, and to sign in anew
 */
@ConfigurationProperties("rapport.stream")
record StreamProperties(
        @DefaultValue("20") int mostPerCaller,
        @DefaultValue("1000") int most,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("1h") Duration longest) {}
