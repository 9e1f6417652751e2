package dev.rapport.events.policy;

import dev.rapport.events.trust.EvidenceKind;
import dev.rapport.events.trust.TrustPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A trust policy as it is written in a file: the fields of {@link TrustPolicy}, with the half-life in days. */
record TrustPolicyFile(
        @Nullable String name,
        @Nullable String version,
        @Nullable Double halfLifeDays,
        double priorWeight,
        double baseRate,
        double asymmetry,
        @Nullable Map<EvidenceKind, TrustPolicy.Worth> evidence) {

    private static final double SECONDS_OF_A_DAY = 86_400;

    /** @throws IllegalArgumentException that says everything that is wrong with it */
    TrustPolicy policy() {
        return new TrustPolicy(
                Objects.requireNonNullElse(name, ""),
                Objects.requireNonNullElse(version, ""),
                halfLifeDays == null ? null : Duration.ofSeconds(Math.round(halfLifeDays * SECONDS_OF_A_DAY)),
                priorWeight,
                baseRate,
                asymmetry,
                Objects.requireNonNullElse(evidence, Map.of()));
    }
}
