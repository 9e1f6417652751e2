/** The published language of Rapport: what can happen, how it is stored and how it evolves. The sides meet here and nowhere else. */
@NullMarked
package dev.rapport.events;

import org.jspecify.annotations.NullMarked;
