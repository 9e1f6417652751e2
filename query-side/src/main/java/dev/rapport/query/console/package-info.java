/** The console: pages for people, made of nothing but the API that everybody else has, and let in without signing in, since they hold no data. */
@NullMarked
package dev.rapport.query.console;

import org.jspecify.annotations.NullMarked;
