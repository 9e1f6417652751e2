package dev.rapport.command.relationship;

import dev.rapport.command.relationship.Criterion.Judgement;
import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Whether a relationship may deepen, asked as a question: the same judgement, on the same state, as an upgrade would make now.
 */
public final class Readiness {

    private final Repository<Relationship> relationships;
    private final TransactionManager transactions;
    private final UpgradePolicy policy;
    private final DueDates dueDates;

    Readiness(
            Repository<Relationship> relationships,
            TransactionManager transactions,
            UpgradePolicy policy,
            DueDates dueDates) {
        this.relationships = relationships;
        this.transactions = transactions;
        this.policy = policy;
        this.dueDates = dueDates;
    }

    /** A level, whether every criterion for it is met, and how each was judged. */
    public record Judged(Level to, boolean ready, List<JudgedCriterion> criteria) {}

    /** How one criterion was judged; the detail says what is missing, or repeats the rule. */
    public record JudgedCriterion(String criterion, boolean met, String detail) {

        private static JudgedCriterion of(Judgement judgement) {
            return new JudgedCriterion(judgement.criterion().ruleName(), judgement.met(), judgement.detail());
        }
    }

    /**
     * Judges a relationship.
     *
     * @param to the level asked about; null for the next one up
     * @param at the time of the judgement
     * @param mayAsk told the manager's subject; to somebody who may not, the relationship is not there
     */
    public Optional<Judged> ask(RelationshipId id, @Nullable Level to, Instant at, Predicate<String> mayAsk) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        unitOfWork.attachTransaction(transactions);
        return unitOfWork.executeWithResult(() -> judge(id, to, at, mayAsk)).getPayload();
    }

    private Optional<Judged> judge(RelationshipId id, @Nullable Level to, Instant at, Predicate<String> mayAsk) {
        try {
            return relationships.load(StreamName.of(id).value()).invoke(relationship -> {
                if (!mayAsk.test(relationship.manager())) {
                    return Optional.empty();
                }
                Level asked = to == null ? relationship.nextLevel() : to;
                List<JudgedCriterion> criteria = relationship.judge(asked, at, at, policy, dueDates).stream()
                        .map(JudgedCriterion::of)
                        .toList();
                return Optional.of(new Judged(asked, criteria.stream().allMatch(JudgedCriterion::met), criteria));
            });
        } catch (AggregateNotFoundException unknown) {
            return Optional.empty();
        }
    }
}
