package dev.rapport.events.trust;

import dev.rapport.events.vocabulary.PolicyVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How evidence is weighed. Two ship, {@code prudent} and {@code published}; more are files.
 *
 * @param name the policy's name, such as {@code prudent}
 * @param version of the policy of that name; figures that a decision kept name it
 * @param halfLife after which evidence weighs half, a day or more; null when nothing is ever forgotten
 * @param priorWeight W: how much evidence the lack of any counts as; above 0
 * @param baseRate b: trust in somebody of whom nothing is known; between 0 and 1
 * @param asymmetry k: how much more what speaks against weighs than what speaks for; above 0
 * @param evidence what each kind of evidence is worth, for every kind
 */
public record TrustPolicy(
        String name,
        String version,
        @Nullable Duration halfLife,
        double priorWeight,
        double baseRate,
        double asymmetry,
        Map<EvidenceKind, Worth> evidence) {

    /** Much of the evidence is dated by the day. */
    private static final Duration SHORTEST_HALF_LIFE = Duration.ofDays(1);

    /**
     * What a piece of evidence is worth.
     *
     * @param strand which it is evidence for
     * @param weight w; not negative
     * @param outcome o: from 0, wholly against, to 1, wholly for
     */
    public record Worth(Strand strand, double weight, double outcome) {}

    /** @throws IllegalArgumentException that says everything that is wrong with it */
    public TrustPolicy {
        List<String> faults = new ArrayList<>();
        require(!name.isBlank(), "name: must not be blank", faults);
        require(!version.isBlank(), "version: must not be blank", faults);
        require(
                halfLife == null || halfLife.compareTo(SHORTEST_HALF_LIFE) >= 0,
                "halfLife: must be at least a day, or absent",
                faults);
        require(Double.isFinite(priorWeight) && priorWeight > 0, "priorWeight: must be above 0", faults);
        require(baseRate > 0 && baseRate < 1, "baseRate: must be above 0 and below 1", faults);
        require(Double.isFinite(asymmetry) && asymmetry > 0, "asymmetry: must be above 0", faults);
        for (EvidenceKind kind : EvidenceKind.values()) {
            Worth worth = evidence.get(kind);
            if (worth == null) {
                faults.add("evidence: " + kind + " is missing");
            } else {
                require(
                        Double.isFinite(worth.weight) && worth.weight >= 0,
                        kind + ".weight: must be 0 or more",
                        faults);
                require(worth.outcome >= 0 && worth.outcome <= 1, kind + ".outcome: must be from 0 to 1", faults);
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "the trust policy " + name + " " + version + " is not valid: " + String.join("; ", faults));
        }
        evidence = Map.copyOf(new EnumMap<>(evidence));
    }

    /** As events and answers name it. */
    public PolicyVersion reference() {
        return new PolicyVersion(name, version);
    }

    private static void require(boolean met, String fault, List<String> faults) {
        if (!met) {
            faults.add(fault);
        }
    }

    /** What a piece of evidence of a kind is worth. */
    public Worth worthOf(EvidenceKind kind) {
        Worth worth = evidence.get(kind);
        if (worth == null) {
            throw new IllegalStateException("a policy says what every kind is worth, but not " + kind);
        }
        return worth;
    }

    /** What is left of 1 after a time: 2 to the power of minus the time in half-lives; 1 when nothing is forgotten. */
    public double remainingAfter(Duration time) {
        return halfLife == null ? 1 : Math.pow(2, -halfLivesIn(time));
    }

    /** How many half-lives a time has; none when nothing is forgotten. */
    double halfLivesIn(Duration time) {
        return halfLife == null ? 0 : seconds(time) / seconds(halfLife);
    }

    private static double seconds(Duration duration) {
        return duration.toSeconds() + duration.toNanosPart() / 1e9;
    }
}
