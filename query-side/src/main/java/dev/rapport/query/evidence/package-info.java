/**
 * What speaks for and against trust in each relationship, kept so that any policy can score it, and what it amounts to today under the policy
 * in force.
 */
@NullMarked
package dev.rapport.query.evidence;

import org.jspecify.annotations.NullMarked;
