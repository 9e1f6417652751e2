/** What stands in front of both sides: who calls, which operations their roles open, and how much one caller may ask for. */
@NullMarked
package dev.rapport.http;

import org.jspecify.annotations.NullMarked;
