/**
 * Stock Axon: what its guide has one write, with the defaults that Axon and Spring Boot bring. An aggregate is loaded anew for each command, since
 * that is the default.
 */
@NullMarked
package dev.rapport.benchmark.axon;

import org.jspecify.annotations.NullMarked;
