@NullMarked
package dev.rapport.query.audit;

import org.jspecify.annotations.NullMarked;
