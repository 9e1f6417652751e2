package dev.rapport.query.http;

/** A choice that is not spelled as its constant's name, such as {@code -name} for an order. */
public interface Spelled {

    String spelling();
}
