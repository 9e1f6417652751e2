package dev.rapport.query.projection;

import dev.rapport.events.StreamName;
import dev.rapport.query.consistency.ProjectedVersions;
import dev.rapport.query.relationship.RelationshipTable;
import dev.rapport.query.stakeholder.StakeholderTable;
import org.springframework.stereotype.Component;

/** How far the read models have come with a stream: as far as the row that shows it. */
@Component
class VersionsOfRows implements ProjectedVersions {

    private static final String STAKEHOLDER = "stakeholder/";

    private final StakeholderTable stakeholders;
    private final RelationshipTable relationships;

    VersionsOfRows(StakeholderTable stakeholders, RelationshipTable relationships) {
        this.stakeholders = stakeholders;
        this.relationships = relationships;
    }

    @Override
    public long of(StreamName stream) {
        String id = stream.value().substring(stream.value().indexOf('/') + 1);
        return stream.value().startsWith(STAKEHOLDER) ? stakeholders.versionOf(id) : relationships.versionOf(id);
    }
}
