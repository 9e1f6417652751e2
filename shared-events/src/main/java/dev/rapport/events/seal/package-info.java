/**
 * The seal of the event log: what of an event is hashed, the Merkle tree over those hashes (RFC 9162), the signed checkpoints (C2SP
 * signed notes), the keys, and the bundle that an auditor takes away with the program that verifies it. Plain Java 17 that knows no other
 * room of ours, because the same classes run on the auditor's machine with nothing but a JRE.
 */
@NullMarked
package dev.rapport.events.seal;

import org.jspecify.annotations.NullMarked;
