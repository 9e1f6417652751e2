package dev.rapport.command.relationship;

import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.relationship.RelationshipCommand.CorrectEntry;
import dev.rapport.events.ContributionCorrected;
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Money;
import dev.rapport.events.vocabulary.RelationshipId;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells what a correction means for an entry of a kind: which fields it may name, and which event it becomes. */
final class Correction {

    private static final Map<EntryKind, Set<String>> FIELDS = Map.of(
            EntryKind.INTERACTION, Set.of("channel", "summary", "participants", "sentiment"),
            EntryKind.DISCLOSURE, Set.of("madeBy", "kind", "subject"),
            EntryKind.CONTRIBUTION, Set.of("givenBy", "statement", "amount", "currency"));

    static RelationshipEvent of(RelationshipId id, CorrectEntry command, EntryKind kind) {
        Set<String> correctable = FIELDS.getOrDefault(kind, Set.of());
        if (correctable.isEmpty()) {
            throw refusal(
                    "entry " + command.entryId() + " is of kind " + kind + ", and only interactions, disclosures and"
                            + " contributions can be corrected; retract it and record it anew");
        }
        Set<String> given = given(command);
        if (given.isEmpty()) {
            throw refusal("a correction names at least one field that was wrong, of " + new TreeSet<>(correctable));
        }
        if (!correctable.containsAll(given)) {
            given.removeAll(correctable);
            throw refusal("an entry of kind " + kind + " has no " + given + "; it has " + new TreeSet<>(correctable));
        }
        return switch (kind) {
            case INTERACTION ->
                new InteractionCorrected(
                        id,
                        command.entryId(),
                        command.channel(),
                        command.summary(),
                        command.participants(),
                        command.sentiment(),
                        command.reason());
            case DISCLOSURE ->
                new DisclosureCorrected(
                        id, command.entryId(), command.madeBy(), command.kind(), command.subject(), command.reason());
            case CONTRIBUTION ->
                new ContributionCorrected(
                        id,
                        command.entryId(),
                        command.givenBy(),
                        command.statement(),
                        money(command.amount(), command.currency()),
                        command.reason());
            default -> throw new IllegalStateException("no correction of " + kind);
        };
    }

    /** An amount and its currency, which come together or not at all. */
    static @Nullable Money money(@Nullable BigDecimal amount, @Nullable Currency currency) {
        if (amount != null && currency != null) {
            return new Money(amount, currency);
        }
        if (amount != null || currency != null) {
            throw refusal("an amount and its currency come together");
        }
        return null;
    }

    private static Set<String> given(CorrectEntry command) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("channel", command.channel());
        fields.put("summary", command.summary());
        fields.put("participants", command.participants());
        fields.put("sentiment", command.sentiment());
        fields.put("madeBy", command.madeBy());
        fields.put("kind", command.kind());
        fields.put("subject", command.subject());
        fields.put("givenBy", command.givenBy());
        fields.put("statement", command.statement());
        fields.put("amount", command.amount());
        fields.put("currency", command.currency());
        Set<String> given = new TreeSet<>();
        fields.forEach((name, value) -> {
            if (value != null) {
                given.add(name);
            }
        });
        return given;
    }

    private static Refusal refusal(String detail) {
        return new Refusal(Reason.AGAINST_A_RULE, detail);
    }

    private Correction() {}
}
