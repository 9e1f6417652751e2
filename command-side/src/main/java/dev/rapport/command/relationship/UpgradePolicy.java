package dev.rapport.command.relationship;

import dev.rapport.events.vocabulary.PolicyVersion;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/**
 * How much an upgrade asks for: the figures behind the criteria, kept in a file with a name and a version, since they are this project's
 * decisions and not the theory's.
 *
 * @param keptCommitments how many commitments each party has to have kept
 * @param disclosures how many disclosures each party has to have made
 * @param indicators how many indicators of each party's requirements have to be agreed
 * @param sharedObjectives how many shared objectives have to be held, for joint value
 * @param addedValueDisclosures how many disclosures of an added-value kind or higher each party has to have made, for joint value
 * @param assessmentMonths how many months old the last assessment of values and of alignment may be, for joint value
 */
public record UpgradePolicy(
        @NotBlank String name,
        @NotBlank String version,
        @Min(0) int keptCommitments,
        @Min(0) int disclosures,
        @Min(0) int indicators,
        @Min(0) int sharedObjectives,
        @Min(0) int addedValueDisclosures,
        @Min(1) int assessmentMonths) {

    /** As the events of upgrades keep it. */
    PolicyVersion reference() {
        return new PolicyVersion(name, version);
    }
}
