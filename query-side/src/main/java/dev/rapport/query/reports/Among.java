package dev.rapport.query.reports;

import dev.rapport.events.vocabulary.StakeholderKind;
import org.jspecify.annotations.Nullable;

/** Which relationships a report is about; all that there are unless something is said. */
record Among(
        @Nullable String managerId,
        @Nullable String group,
        @Nullable StakeholderKind kind) {}
