package dev.rapport.query.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record whose components are the parameters that a query takes, by the same names. A component of type {@link PageRequest} stands
 * for {@code limit} and {@code cursor}. All others may be left out; a parameter that is none of them is refused.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface FromQuery {}
