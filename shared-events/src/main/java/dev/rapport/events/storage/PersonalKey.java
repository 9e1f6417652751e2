package dev.rapport.events.storage;

import org.jspecify.annotations.Nullable;

/**
 * A key that personal data is encrypted with.
 *
 * @param owner what it belongs to within its stream; null once it was destroyed
 * @param key null once it was destroyed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never handed out
record PersonalKey(String id, String stream, @Nullable String owner, byte @Nullable [] key) {

    boolean isDestroyed() {
        return key == null;
    }

    /** The key itself, which must still be there. */
    byte[] bytes() {
        if (key == null) {
            throw new IllegalStateException(this + " was destroyed");
        }
        return key;
    }

    boolean isOfPerson() {
        return owner != null && owner.startsWith(KeyOwner.PERSON);
    }

    @Override
    public String toString() {
        return "personal key " + id;
    }
}
