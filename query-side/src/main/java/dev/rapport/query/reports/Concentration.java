package dev.rapport.query.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far dependence hangs on few. Each relationship has a share of the sum of all dependences; the sum of the squared shares is the
 * Herfindahl-Hirschman index (Hirschman, “The Paternity of an Index”, American Economic Review 54 (1964), 761-762): 1 when all
 * dependence is on one, 1/n when it is spread evenly over n. It says the same whatever unit dependence is assessed in.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Concentration(
        @JsonPropertyDescription("Relationships whose dependence was assessed as more than 0.")
        int relationships,

        @JsonPropertyDescription("The sum of the dependences, which shares are of.")
        BigDecimal total,

        @JsonPropertyDescription(
                "The Herfindahl-Hirschman index: the sum of the squared shares, from 1/n to 1; absent when there is no"
                        + " dependence.")
        @Nullable
        Double index,

        @JsonPropertyDescription("1/index: as many equal dependences would be concentrated as much.") @Nullable
        Double equivalentNumber,

        @JsonPropertyDescription("The relationship with the largest share.") @Nullable
        Share top,

        @JsonPropertyDescription("By stakeholder group, the largest share first.")
        List<OfGroup> groups) {

    /** The share of a relationship in a sum of dependences, from 0 to 1. */
    record Share(String relationshipId, String stakeholderName, BigDecimal dependence, double share) {}

    /**
     * A stakeholder group's part.
     *
     * @param share of the whole sum
     * @param index within the group
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfGroup(
            String group,
            int relationships,
            BigDecimal total,
            double share,
            @Nullable Double index,
            @Nullable Share top) {}

    /** Adds dependences up, one after the other: it keeps sums, not what they are of. */
    static final class Sums {

        private final Sum all = new Sum();
        private final Map<String, Sum> ofGroups = new HashMap<>();

        void add(String group, String relationship, String stakeholder, BigDecimal dependence) {
            if (dependence.signum() > 0) {
                all.add(relationship, stakeholder, dependence);
                ofGroups.computeIfAbsent(group, _ -> new Sum()).add(relationship, stakeholder, dependence);
            }
        }

        Concentration concentration() {
            Double index = all.index();
            return new Concentration(
                    all.count,
                    all.total,
                    index,
                    index == null ? null : 1 / index,
                    all.top(),
                    ofGroups.entrySet().stream()
                            .map(group -> ofGroup(group.getKey(), group.getValue()))
                            .sorted(Comparator.comparingDouble(OfGroup::share)
                                    .reversed()
                                    .thenComparing(OfGroup::group))
                            .toList());
        }

        private OfGroup ofGroup(String group, Sum sum) {
            return new OfGroup(group, sum.count, sum.total, part(sum.total, all.total), sum.index(), sum.top());
        }

        private static double part(BigDecimal part, BigDecimal whole) {
            return part.doubleValue() / whole.doubleValue();
        }

        private static final class Sum {

            private int count;
            private BigDecimal total = BigDecimal.ZERO;
            private BigDecimal squares = BigDecimal.ZERO;
            private BigDecimal largest = BigDecimal.ZERO;
            private String relationshipOfLargest = "";
            private String stakeholderOfLargest = "";

            private void add(String relationship, String stakeholder, BigDecimal dependence) {
                count++;
                total = total.add(dependence);
                squares = squares.add(dependence.multiply(dependence));
                if (dependence.compareTo(largest) > 0) {
                    largest = dependence;
                    relationshipOfLargest = relationship;
                    stakeholderOfLargest = stakeholder;
                }
            }

            private @Nullable Double index() {
                return count == 0 ? null : part(squares, total.multiply(total));
            }

            private @Nullable Share top() {
                return count == 0
                        ? null
                        : new Share(relationshipOfLargest, stakeholderOfLargest, largest, part(largest, total));
            }
        }
    }
}
