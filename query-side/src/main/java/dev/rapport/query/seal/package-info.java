/**
 * The seal, as it is run: follows the event log off the path of commands, keeps the Merkle tree over it, signs checkpoints and sends them
 * elsewhere, proves, and verifies the whole log. Its tables stand beside the log, in the event database; they are all that the query side
 * writes there.
 */
@NullMarked
package dev.rapport.query.seal;

import org.jspecify.annotations.NullMarked;
