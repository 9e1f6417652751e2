package dev.rapport.command.http;

import dev.rapport.command.DomainCommand;
import dev.rapport.command.relationship.RelationshipCommand.*;
import dev.rapport.command.stakeholder.StakeholderCommand.ChangeStakeholderProfile;
import dev.rapport.command.stakeholder.StakeholderCommand.RegisterStakeholder;
import java.util.List;

/** Where each command is posted to. A variable in a path is the field of the command that it fills. */
public final class CommandRoutes {

    /** The path that every route is below. */
    public static final String BASE = "/api/v1";

    /** One command and its path. */
    public record Route(String path, Class<? extends DomainCommand> command) {

        /** The path of what the command deals with: of the thing made, or of the thing that something was done to. */
        String subjectPath() {
            boolean makes = List.of(command.getRecordComponents()).stream()
                    .anyMatch(component -> component.getName().equals("id"));
            return makes ? path + "/{id}" : path.substring(0, path.lastIndexOf('/'));
        }
    }

    private static final String RELATIONSHIP = "/relationships/{relationshipId}";
    private static final String COMMITMENT = RELATIONSHIP + "/commitments/{commitmentId}";

    public static final List<Route> ALL = List.of(
            new Route("/stakeholders", RegisterStakeholder.class),
            new Route("/stakeholders/{stakeholderId}/profile", ChangeStakeholderProfile.class),
            new Route("/relationships", EstablishRelationship.class),
            new Route(RELATIONSHIP + "/manager-assignments", AssignManager.class),
            new Route(RELATIONSHIP + "/upgrades", UpgradeRelationship.class),
            new Route(RELATIONSHIP + "/downgrades", DowngradeRelationship.class),
            new Route(RELATIONSHIP + "/desired-levels", SetDesiredLevel.class),
            new Route(RELATIONSHIP + "/stakeholder-levels", RecordStakeholderLevel.class),
            new Route(RELATIONSHIP + "/interactions", LogInteraction.class),
            new Route(RELATIONSHIP + "/commitments", RecordCommitment.class),
            new Route(COMMITMENT + "/fulfilments", FulfilCommitment.class),
            new Route(COMMITMENT + "/breaches", BreakCommitment.class),
            new Route(COMMITMENT + "/renegotiations", RenegotiateCommitment.class),
            new Route(COMMITMENT + "/releases", ReleaseCommitment.class),
            new Route(RELATIONSHIP + "/disclosures", RecordDisclosure.class),
            new Route(RELATIONSHIP + "/objectives", HoldObjective.class),
            new Route(RELATIONSHIP + "/objectives/{objectiveId}/retirements", RetireObjective.class),
            new Route(RELATIONSHIP + "/expectations", StateExpectation.class),
            new Route(RELATIONSHIP + "/contributions", RecordContribution.class),
            new Route(RELATIONSHIP + "/indicators", AgreeIndicator.class),
            new Route(RELATIONSHIP + "/indicators/{indicatorId}/measurements", RecordMeasurement.class),
            new Route(RELATIONSHIP + "/alignment-assessments", AssessAlignment.class),
            new Route(RELATIONSHIP + "/values-assessments", AssessValues.class),
            new Route(RELATIONSHIP + "/dependency-assessments", AssessDependency.class),
            new Route(RELATIONSHIP + "/concerns", RaiseConcern.class),
            new Route(RELATIONSHIP + "/concerns/{concernId}/resolutions", ResolveConcern.class),
            new Route(RELATIONSHIP + "/disputes", RaiseDispute.class),
            new Route(RELATIONSHIP + "/disputes/{entryId}/settlements", SettleDispute.class),
            new Route(RELATIONSHIP + "/corrections", CorrectEntry.class),
            new Route(RELATIONSHIP + "/retractions", RetractEntry.class),
            new Route(RELATIONSHIP + "/endings", EndRelationship.class),
            new Route(RELATIONSHIP + "/reopenings", ReopenRelationship.class));

    private CommandRoutes() {}
}
