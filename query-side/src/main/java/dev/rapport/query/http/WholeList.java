package dev.rapport.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request for a whole list, as the request for one of its pages that a caller would send. */
final class WholeList extends HttpServletRequestWrapper {

    private final @Nullable String cursor;

    /** The page at the cursor, or the first one. */
    WholeList(HttpServletRequest request, @Nullable String cursor) {
        super(request);
        this.cursor = cursor;
    }

    /** How much is left out is said by filters alone: a page of what is no pages makes no sense, its size makes no difference. */
    static void refuseCursor(HttpServletRequest request) {
        if (QueryParameters.given(request).containsKey(PageRequest.CURSOR)) {
            throw QueryRefused.malformed(List.of(new QueryRefused.Fault(
                    PageRequest.CURSOR, "begins a page, and this form is everything that the filters leave")));
        }
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new HashMap<>(super.getParameterMap());
        parameters.put(PageRequest.LIMIT, new String[] {String.valueOf(PageRequest.MOST)});
        if (cursor != null) {
            parameters.put(PageRequest.CURSOR, new String[] {cursor});
        }
        return parameters;
    }
}
