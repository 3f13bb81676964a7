package io.signalbox.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The levels of configuration a route stands in, the widest first, each with what it changes.
 *
 * @param mostSpecificLast whether the most specific level has the last word
 */
record HeaderLevels(List<HeaderChanges.Level> requests, List<HeaderChanges.Level> responses, boolean mostSpecificLast) {
    HeaderLevels {
        requests = List.copyOf(requests);
        responses = List.copyOf(responses);
    }

    HeaderLevels within(HeaderChanges.Level request, HeaderChanges.Level response) {
        return new HeaderLevels(with(requests, request), with(responses, response), mostSpecificLast);
    }

    private static List<HeaderChanges.Level> with(List<HeaderChanges.Level> levels, HeaderChanges.Level inner) {
        if (inner.isEmpty()) {
            return levels;
        }
        List<HeaderChanges.Level> more = new ArrayList<>(levels);
        more.add(inner);
        return more;
    }

    HeaderChanges request() {
        return request(HeaderChanges.Level.NONE);
    }

    /** @param arm of the weighted cluster that was chosen */
    HeaderChanges request(HeaderChanges.Level arm) {
        return changes(requests, arm);
    }

    HeaderChanges response() {
        return response(HeaderChanges.Level.NONE);
    }

    HeaderChanges response(HeaderChanges.Level arm) {
        return changes(responses, arm);
    }

    /** An arm comes first either way: even where the most specific level has the last word, an arm has not. */
    private HeaderChanges changes(List<HeaderChanges.Level> levels, HeaderChanges.Level arm) {
        if (levels.isEmpty() && arm.isEmpty()) {
            return HeaderChanges.NONE;
        }
        List<HeaderChanges.Level> order = new ArrayList<>(levels);
        if (!mostSpecificLast) {
            Collections.reverse(order);
        }
        if (!arm.isEmpty()) {
            order.add(0, arm);
        }
        return new HeaderChanges(order);
    }
}
