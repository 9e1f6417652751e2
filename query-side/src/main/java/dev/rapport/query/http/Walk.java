package dev.rapport.query.http;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks through a list page by page, of which no more than one is kept. */
public final class Walk<T> implements Iterator<T> {

    private final Function<PageRequest, List<Listed<T>>> read;
    private final Queue<T> ahead = new ArrayDeque<>();
    private @Nullable PageRequest next;

    private Walk(Function<PageRequest, List<Listed<T>>> read) {
        this.read = read;
        this.next = PageRequest.first();
    }

    /** All of a list, given how to read a page with the first row after it. */
    public static <T> Iterator<T> through(Function<PageRequest, List<Listed<T>>> read) {
        return new Walk<>(read);
    }

    @Override
    public boolean hasNext() {
        PageRequest page = next;
        if (ahead.isEmpty() && page != null) {
            List<Listed<T>> rows = read.apply(page);
            List<Listed<T>> shown = rows.subList(0, Math.min(rows.size(), page.rowsToRead() - 1));
            shown.forEach(row -> ahead.add(row.item()));
            next = shown.size() < rows.size() ? page.after(shown.getLast().cursor()) : null;
        }
        return !ahead.isEmpty();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ahead.remove();
    }
}
