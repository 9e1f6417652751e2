package dev.rapport.query.http;

import java.util.Iterator;

/** A report that is one document as JSON, and rows in exports. Every row is asked for in the snapshot that the report is made in. */
public interface Report<R> {

    /** What the report is made of, row by row, each when it is its turn. */
    Iterator<R> rows();
}
