package dev.rapport.query.practice;

/** Tells people, in a language, how a relationship is practised. */
public interface PracticeSentences {

    /** The evidence of a kind in a few words, such as “invoices and order status”. */
    String detail(KindOfEvidence kind, PractisedLevel practised);

    /** How the levels disagree, and what shows it; empty when they do not. */
    String mismatch(LevelMismatch levels, PracticePolicy policy);
}
