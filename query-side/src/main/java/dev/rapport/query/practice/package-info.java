/** At which level a relationship is practised, by the evidence of late, and how that differs from what the parties say. */
@NullMarked
package dev.rapport.query.practice;

import org.jspecify.annotations.NullMarked;
