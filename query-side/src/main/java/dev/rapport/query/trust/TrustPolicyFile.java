package dev.rapport.query.trust;

import dev.rapport.events.trust.EvidenceKind;
import dev.rapport.events.trust.TrustPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A trust policy as it is written in a file: the fields of {@link TrustPolicy}, with the half-life in days. */
record TrustPolicyFile(
        String name,
        String version,
        @Nullable Double halfLifeDays,
        double priorWeight,
        double baseRate,
        double asymmetry,
        Map<EvidenceKind, TrustPolicy.Worth> evidence) {

    private static final double SECONDS_OF_A_DAY = 86_400;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws IllegalStateException that names the file and says what is wrong with it */
    static TrustPolicy read(Resource file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return JSON.readValue(in, TrustPolicyFile.class).policy();
        } catch (JacksonException | IllegalArgumentException bad) {
            throw new IllegalStateException(
                    "the trust policy in " + file.getDescription() + " can't be used: " + bad.getMessage(), bad);
        }
    }

    private TrustPolicy policy() {
        return new TrustPolicy(
                name == null ? "" : name,
                version == null ? "" : version,
                halfLifeDays == null ? null : Duration.ofSeconds(Math.round(halfLifeDays * SECONDS_OF_A_DAY)),
                priorWeight,
                baseRate,
                asymmetry,
                evidence == null ? new EnumMap<>(EvidenceKind.class) : evidence);
    }
}
