package dev.rapport.query.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a nullable text that is what a header of the request says, or nothing without it. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface FromHeader {

    /** The header's name. */
    String value();

    /** What it is for, in the OpenAPI document. */
    String description();
}
