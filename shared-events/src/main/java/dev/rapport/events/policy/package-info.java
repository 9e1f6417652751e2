/** Policies as people write them: files of JSON that say what this project decided and the theory did not. */
@NullMarked
package dev.rapport.events.policy;

import org.jspecify.annotations.NullMarked;
