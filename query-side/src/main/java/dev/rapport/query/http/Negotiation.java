package dev.rapport.query.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;

/**
 * Chooses between forms as RFC 9110 (12.5.1) says: each has the quality that the most specific range that it is in gives it, none at 0 is
 * acceptable, and the best one wins; among equals the one that is offered first.
 */
final class Negotiation {

    /** The form to answer with; nothing when none is acceptable. Who accepts nothing in particular accepts everything. */
    static Optional<MediaType> choose(List<MediaType> accepted, Collection<MediaType> offered) {
        MediaType best = null;
        double quality = 0;
        for (MediaType form : offered) {
            double worth = accepted.isEmpty() ? 1 : quality(form, accepted);
            if (worth > quality) {
                best = form;
                quality = worth;
            }
        }
        return Optional.ofNullable(best);
    }

    private static double quality(MediaType form, List<MediaType> accepted) {
        return accepted.stream()
                .filter(range -> range.includes(form))
                .max(Comparator.comparingInt(Negotiation::specificity).thenComparingDouble(MediaType::getQualityValue))
                .map(MediaType::getQualityValue)
                .orElse(0.0);
    }

    private static int specificity(MediaType range) {
        if (range.isWildcardType()) {
            return 0;
        }
        return range.isWildcardSubtype() ? 1 : 2;
    }

    private Negotiation() {}
}
