package dev.rapport.command.stakeholder;

import dev.rapport.command.DomainCommand;
import dev.rapport.command.Limits;
import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that may be asked about a stakeholder as such; its components are the fields of the request's body and path. */
public sealed interface StakeholderCommand extends DomainCommand {

    StakeholderId stakeholderId();

    @Override
    default StreamName stream() {
        return StreamName.of(stakeholderId());
    }

    @Override
    default String answersWith() {
        return stakeholderId().value();
    }

    record RegisterStakeholder(
            @NotNull StakeholderId id,
            @NotBlank @Size(max = Limits.NAME) String name,
            @NotNull StakeholderKind kind,
            @NotBlank @Size(max = Limits.NAME) String group,
            @Nullable @Size(max = Limits.NAMES) List<@NotBlank @Size(max = Limits.NAME) String> values)
            implements StakeholderCommand {

        @Override
        public StakeholderId stakeholderId() {
            return id;
        }
    }

    /** Changes what is given and leaves the rest. */
    record ChangeStakeholderProfile(
            @NotNull StakeholderId stakeholderId,

            @Nullable @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank") @Size(max = Limits.NAME)
            String name,

            @Nullable StakeholderKind kind,

            @Nullable @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank") @Size(max = Limits.NAME)
            String group,

            @Nullable @Size(max = Limits.NAMES) List<@NotBlank @Size(max = Limits.NAME) String> values)
            implements StakeholderCommand {}
}
