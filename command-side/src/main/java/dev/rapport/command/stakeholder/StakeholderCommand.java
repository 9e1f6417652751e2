package dev.rapport.command.stakeholder;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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

    @JsonClassDescription(
            "Registers a stakeholder: a party that our results depend on, and whose results depend on ours.")
    record RegisterStakeholder(
            @NotNull StakeholderId id,

            @JsonPropertyDescription("What the stakeholder is called.") @NotBlank @Size(max = Limits.NAME)
            String name,

            @JsonPropertyDescription("What it is to us.") @NotNull
            StakeholderKind kind,

            @JsonPropertyDescription("The group of stakeholders that one relationship manager looks after.")
            @NotBlank
            @Size(max = Limits.NAME)
            String group,

            @JsonPropertyDescription("Words for what it stands for.") @Nullable @Size(max = Limits.NAMES)
            List<@NotBlank @Size(max = Limits.NAME) String> values)
            implements StakeholderCommand {

        @Override
        public StakeholderId stakeholderId() {
            return id;
        }
    }

    @JsonClassDescription("Changes what is given of a stakeholder's profile, and leaves the rest.")
    record ChangeStakeholderProfile(
            @NotNull StakeholderId stakeholderId,

            @JsonPropertyDescription("What it is called from now on.")
            @Nullable
            @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank")
            @Size(max = Limits.NAME)
            String name,

            @JsonPropertyDescription("What it is to us from now on.") @Nullable
            StakeholderKind kind,

            @JsonPropertyDescription("Its group from now on.")
            @Nullable
            @Pattern(regexp = Limits.NOT_BLANK, message = "must not be blank")
            @Size(max = Limits.NAME)
            String group,

            @JsonPropertyDescription("All of its values from now on.") @Nullable @Size(max = Limits.NAMES)
            List<@NotBlank @Size(max = Limits.NAME) String> values)
            implements StakeholderCommand {}
}
