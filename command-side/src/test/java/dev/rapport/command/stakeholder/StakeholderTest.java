package dev.rapport.command.stakeholder;

import static dev.rapport.command.Asked.by;
import static dev.rapport.command.Asked.byAHead;
import static dev.rapport.command.Asked.byTheManager;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.command.Asked;
import dev.rapport.command.Circumstances;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.dispatch.CircumstancesResolver;
import dev.rapport.command.relationship.ActiveRelationships;
import dev.rapport.command.stakeholder.StakeholderCommand.ChangeStakeholderProfile;
import dev.rapport.command.stakeholder.StakeholderCommand.RegisterStakeholder;
import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.StakeholderRegistered;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What we know a stakeholder by, from its registration on. */
class StakeholderTest {

    private static final StakeholderId S = new StakeholderId("S-1");
    private static final RegisterStakeholder REGISTER =
            new RegisterStakeholder(S, "Acme", StakeholderKind.SUPPLIER, "steel", List.of("care", "thrift"));
    private static final StakeholderRegistered REGISTERED =
            new StakeholderRegistered(S, "Acme", StakeholderKind.SUPPLIER, "steel", List.of("care", "thrift"));
    private static final StakeholderProfileChanged RENAMED =
            new StakeholderProfileChanged(S, "Acme Ltd", null, null, null);

    private final Managed managed = new Managed();

    private final FixtureConfiguration<Stakeholder> stakeholder = new AggregateTestFixture<>(Stakeholder.class)
            .registerInjectableResource(managed)
            .registerParameterResolverFactory(new CircumstancesResolver())
            .registerCommandTargetResolver(command -> new VersionedAggregateIdentifier(
                    (Object) ((DomainCommand) command.getPayload()).stream().value(), null));

    /** Who manages the stakeholder's relationship. */
    private static final class Managed implements ActiveRelationships {

        private Optional<ManagerId> manager = Optional.empty();

        @Override
        public Optional<ManagerId> managerOf(StakeholderId stakeholder) {
            return manager;
        }

        @Override
        public void claim(StakeholderId stakeholder, RelationshipId relationship) {
            throw new UnsupportedOperationException("no stakeholder claims a relationship");
        }

        @Override
        public void release(StakeholderId stakeholder) {
            throw new UnsupportedOperationException("no stakeholder releases a relationship");
        }
    }

    private ResultValidator<Stakeholder> when(StakeholderCommand command, Asked asked, StakeholderEvent... past) {
        return stakeholder.given((Object[]) past).when(command, Map.of(Circumstances.METADATA, asked.circumstances()));
    }

    private static void refused(ResultValidator<Stakeholder> result, Reason reason, String detail) {
        result.expectNoEvents().expectException(Matchers.<Throwable>predicate(failure -> {
            assertThat(failure).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.detail()).isEqualTo(detail);
                assertThat(refusal.reason()).isEqualTo(reason);
            });
            return true;
        }));
    }

    @Nested
    class An_unknown_stakeholder {

        @Test
        void is_registered_with_all_that_was_told() {
            when(REGISTER, byTheManager()).expectEvents(REGISTERED).expectResultMessagePayload(1L);
        }

        @Test
        void may_be_registered_without_values() {
            when(new RegisterStakeholder(S, "Acme", StakeholderKind.PARTNER, "steel", null), byTheManager())
                    .expectEvents(new StakeholderRegistered(S, "Acme", StakeholderKind.PARTNER, "steel", List.of()));
        }

        @Test
        void has_no_profile_to_change() {
            when(new ChangeStakeholderProfile(S, "Acme Ltd", null, null, null), byTheManager())
                    .expectNoEvents()
                    .expectException(AggregateNotFoundException.class);
        }
    }

    @Nested
    class A_registered_stakeholder {

        @Test
        void keeps_its_id_to_itself() {
            refused(when(REGISTER, byTheManager(), REGISTERED), Reason.ID_TAKEN, "there is a stakeholder S-1 already");
        }

        @Test
        void is_changed_in_what_is_given_and_nothing_else() {
            when(new ChangeStakeholderProfile(S, "Acme Ltd", null, null, null), byTheManager(), REGISTERED)
                    .expectEvents(RENAMED)
                    .expectResultMessagePayload(2L);
        }

        @Test
        void may_be_changed_in_everything_by_any_manager_while_it_has_no_relationship() {
            when(
                            new ChangeStakeholderProfile(
                                    S, "Acme Ltd", StakeholderKind.PARTNER, "metals", List.of("speed")),
                            by("manager2"),
                            REGISTERED)
                    .expectEvents(new StakeholderProfileChanged(
                            S, "Acme Ltd", StakeholderKind.PARTNER, "metals", List.of("speed")));
        }

        @Test
        void is_changed_by_the_manager_of_its_relationship() {
            managed.manager = Optional.of(new ManagerId("manager2"));
            when(new ChangeStakeholderProfile(S, "Acme Ltd", null, null, null), by("manager2"), REGISTERED)
                    .expectEvents(RENAMED);
        }

        @Test
        void is_changed_by_a_head_of_relationships() {
            managed.manager = Optional.of(new ManagerId("manager2"));
            when(new ChangeStakeholderProfile(S, "Acme Ltd", null, null, null), byAHead(), REGISTERED)
                    .expectEvents(RENAMED);
        }

        @Test
        void is_not_changed_by_another_manager() {
            managed.manager = Optional.of(new ManagerId("manager2"));
            refused(
                    when(new ChangeStakeholderProfile(S, "Acme Ltd", null, null, null), by("manager3"), REGISTERED),
                    Reason.NOT_ALLOWED,
                    "stakeholder S-1 has a relationship: only its manager, or a head of relationships, may change the"
                            + " stakeholder's profile");
        }

        @Test
        void may_lose_its_values() {
            when(new ChangeStakeholderProfile(S, null, null, null, List.of()), byTheManager(), REGISTERED)
                    .expectEvents(new StakeholderProfileChanged(S, null, null, null, List.of()));
        }

        @Test
        void is_not_changed_in_nothing() {
            refused(
                    when(new ChangeStakeholderProfile(S, null, null, null, null), byTheManager(), REGISTERED),
                    Reason.AGAINST_A_RULE,
                    "a change of profile names at least one of name, kind, group and values");
        }

        @Test
        void decides_on_the_version_that_is_expected() {
            when(
                            new ChangeStakeholderProfile(S, "Acme Ltd", null, null, null),
                            byTheManager().expecting(2),
                            REGISTERED,
                            RENAMED)
                    .expectEvents(RENAMED)
                    .expectResultMessagePayload(3L);
        }

        @Test
        void decides_nothing_on_another_version() {
            refused(
                    when(
                            new ChangeStakeholderProfile(S, "Acme Ltd", null, null, null),
                            byTheManager().expecting(1),
                            REGISTERED,
                            RENAMED),
                    Reason.STALE_VERSION,
                    "the stakeholder is at version 2, not at 1");
        }
    }
}
