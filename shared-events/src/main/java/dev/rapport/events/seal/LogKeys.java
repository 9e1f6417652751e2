package dev.rapport.events.seal;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys that a log has signed with, one after the other. Whoever trusts the first one can trust them all: each was put in charge by the
 * one before, in a checkpoint that names it in an extension line and that both have signed. (That both have signed would not do: what a
 * signature covers is the text above it, not the key of the next one.) Up to that checkpoint's size the log is the older key's to sign for,
 * and from there on the newer one's, so that a key that was retired, and perhaps got about, cannot speak for what came later.
 *
 * <p>The name of all keys is the log's origin.
 */
public final class LogKeys {

    /** What precedes the new key in the extension line of the checkpoint that puts it in charge. */
    private static final String SUCCESSOR = "successor ";

    private final List<Term> terms;
    private final List<SignedNote> rotations;

    private LogKeys(List<Term> terms, List<SignedNote> rotations) {
        this.terms = List.copyOf(terms);
        this.rotations = List.copyOf(rotations);
    }

    private record Term(VerifierKey key, long from, long to) {

        boolean covers(long size) {
            return from <= size && size <= to;
        }
    }

    /** The keys of a log that has only had one. */
    public static LogKeys of(VerifierKey key) {
        return new LogKeys(List.of(new Term(key, 0, Long.MAX_VALUE)), List.of());
    }

    /**
     * The keys of a log that began with this one and changed it in these checkpoints, oldest first.
     *
     * @throws SealException when one of them does not put a key in charge, or is not signed by both keys
     */
    public static LogKeys of(VerifierKey first, List<SignedNote> rotations) {
        LogKeys keys = of(first);
        for (SignedNote rotation : rotations) {
            keys = keys.rotated(rotation);
        }
        return keys;
    }

    /** The checkpoint that puts the incoming key in charge: this one with its name, signed with both keys. */
    public static SignedNote rotation(Checkpoint at, SignerKey outgoing, SignerKey incoming) {
        return new Checkpoint(at.origin(), at.size(), at.root(), List.of(SUCCESSOR + incoming.verifierKey()))
                .sign(outgoing, incoming);
    }

    /**
     * The keys with the one that this checkpoint puts in charge.
     *
     * @throws SealException when it does not, or is not signed by both keys
     */
    public LogKeys rotated(SignedNote rotation) {
        Term last = terms.get(terms.size() - 1);
        VerifierKey successor = successor(rotation);
        Checkpoint at = checkpoint(rotation);
        if (!successor.name().equals(origin()) || keys().contains(successor)) {
            throw new SealException("the key " + successor + " cannot succeed " + last.key);
        }
        List<VerifierKey> signers = rotation.verify(List.of(last.key, successor));
        if (signers.size() != 2) {
            throw new SealException("the key " + successor + " was not put in charge by " + last.key);
        }
        if (at.size() < last.from) {
            throw new SealException("the key " + successor + " was put in charge before " + last.key + " was");
        }
        List<Term> all = new ArrayList<>(terms.subList(0, terms.size() - 1));
        all.add(new Term(last.key, last.from, at.size()));
        all.add(new Term(successor, at.size(), Long.MAX_VALUE));
        List<SignedNote> notes = new ArrayList<>(rotations);
        notes.add(rotation);
        return new LogKeys(all, notes);
    }

    /**
     * The checkpoint that a note is about, once it is known to be signed by the key in charge.
     *
     * @throws SealException when it is not
     */
    public Checkpoint verify(SignedNote note) {
        Checkpoint checkpoint = checkpoint(note);
        note.verify(terms.stream()
                .filter(term -> term.covers(checkpoint.size()))
                .map(Term::key)
                .toList());
        return checkpoint;
    }

    /** The log's name. */
    public String origin() {
        return terms.get(0).key.name();
    }

    /** All keys, oldest first. */
    public List<VerifierKey> keys() {
        return terms.stream().map(Term::key).toList();
    }

    /** The key that is in charge now. */
    public VerifierKey current() {
        return terms.get(terms.size() - 1).key;
    }

    /** The checkpoints that put a key in charge, oldest first. */
    public List<SignedNote> rotations() {
        return rotations;
    }

    private Checkpoint checkpoint(SignedNote note) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.of(note);
        } catch (IllegalArgumentException e) {
            throw new SealException("a note that is no checkpoint: " + e.getMessage(), e);
        }
        if (!checkpoint.origin().equals(origin())) {
            throw new SealException("a checkpoint of the log " + checkpoint.origin() + ", not of " + origin());
        }
        return checkpoint;
    }

    private VerifierKey successor(SignedNote rotation) {
        List<String> extensions = checkpoint(rotation).extensions();
        if (extensions.size() != 1 || !extensions.get(0).startsWith(SUCCESSOR)) {
            throw new SealException("a checkpoint that puts no key in charge");
        }
        try {
            return VerifierKey.parse(extensions.get(0).substring(SUCCESSOR.length()));
        } catch (IllegalArgumentException e) {
            throw new SealException("a checkpoint that puts something else than a key in charge", e);
        }
    }
}
