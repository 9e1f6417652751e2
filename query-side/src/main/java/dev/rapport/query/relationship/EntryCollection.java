package dev.rapport.query.relationship;

import dev.rapport.events.vocabulary.EntryKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The collections of a relationship that entries are found in, by their names in paths; measurements are found below their indicator. */
enum EntryCollection {
    INTERACTIONS(EntryKind.INTERACTION),
    COMMITMENTS(EntryKind.COMMITMENT),
    DISCLOSURES(EntryKind.DISCLOSURE),
    OBJECTIVES(EntryKind.OBJECTIVE),
    EXPECTATIONS(EntryKind.EXPECTATION),
    CONTRIBUTIONS(EntryKind.CONTRIBUTION),
    INDICATORS(EntryKind.INDICATOR),
    ALIGNMENT_ASSESSMENTS(EntryKind.ALIGNMENT_ASSESSMENT),
    VALUES_ASSESSMENTS(EntryKind.VALUES_ASSESSMENT),
    DEPENDENCY_ASSESSMENTS(EntryKind.DEPENDENCY_ASSESSMENT),
    CONCERNS(EntryKind.CONCERN);

    /** A path variable that is one of them; other paths below a relationship are other controllers' business. */
    static final String PATH =
            "{collection:interactions|commitments|disclosures|objectives|expectations|contributions|indicators"
                    + "|alignment-assessments|values-assessments|dependency-assessments|concerns}";

    private final EntryKind kind;

    EntryCollection(EntryKind kind) {
        this.kind = kind;
    }

    static Optional<EntryKind> kindOf(String path) {
        return Arrays.stream(values())
                .filter(collection -> collection.path().equals(path))
                .map(collection -> collection.kind)
                .findFirst();
    }

    private String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
