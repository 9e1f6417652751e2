package dev.rapport.benchmark.subject;

import java.time.LocalDate;

/**
 * One thing that happens in a relationship. Every subject is told the same steps and says them in its own commands.
 *
 * @param relationship its number
 * @param number       how many steps of the relationship came before
 * @param kind         what happens
 */
public record Step(int relationship, int number, Kind kind) {

    /** What happens, in the order in which it goes round. Half of it is talk, as in life. */
    public enum Kind {
        ESTABLISHED,
        INTERACTION,
        COMMITMENT,
        FULFILMENT,
        DISCLOSURE,
        CONTRIBUTION
    }

    private static final Kind[] ROUND = {
        Kind.INTERACTION,
        Kind.COMMITMENT,
        Kind.INTERACTION,
        Kind.FULFILMENT,
        Kind.INTERACTION,
        Kind.DISCLOSURE,
        Kind.INTERACTION,
        Kind.CONTRIBUTION
    };

    private static final int BACK_TO_THE_COMMITMENT = 2;
    private static final String[] PEOPLE = {"Ann Archer", "Bob Baker", "Cem Yıldız", "Dana Drummond", "Émile Étienne"};
    private static final LocalDate FAR_AWAY = LocalDate.of(2090, 1, 1);

    private static final String WORDS =
            "We went through the figures of the quarter with them, agreed on what is late and why, and they said"
                    + " openly that the second line stands still until the new tool is in; we promised to look at the"
                    + " price of the parts again, and to come back with an answer before the next steering committee,"
                    + " which is in their house.";

    /** The step of a relationship with a number, always the same. */
    public static Step of(int relationship, int number) {
        return new Step(relationship, number, number == 0 ? Kind.ESTABLISHED : ROUND[(number - 1) % ROUND.length]);
    }

    /** The id of the relationship. */
    public String relationshipId() {
        return "R-" + relationship;
    }

    /** The id of the stakeholder that the relationship is with. */
    public String stakeholderId() {
        return "S-" + relationship;
    }

    /** The id of what the step makes. */
    public String id() {
        return "E-" + number;
    }

    /** The id of the commitment that a fulfilment is about. */
    public String commitmentId() {
        return "E-" + (number - BACK_TO_THE_COMMITMENT);
    }

    /** What is said of it: 60 to 260 characters, and hardly ever the same twice. */
    public String text() {
        int length = kind == Kind.INTERACTION ? 200 + number % 60 : 60 + (relationship + number) % 60;
        return (relationship + "/" + number + " " + WORDS).substring(0, length);
    }

    /** Who took part. */
    public String person() {
        return PEOPLE[(relationship + number) % PEOPLE.length];
    }

    /** When a commitment is due: not in the time of a benchmark. */
    public LocalDate dueOn() {
        return FAR_AWAY.plusDays(number);
    }
}
