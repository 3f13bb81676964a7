package io.signalbox.controlplane.xds.resource;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Chooses under which key of the matcher tree each route stands: the literal start of its path, or less of it.
 *
 * <p>Each leaf repeats the routes of all shorter keys. With hundreds of routes for {@code /} that differ in a header or a
 * cookie, and thousands for longer paths, a leaf for each path would repeat those hundreds thousands of times. So a leaf
 * must pay for what it repeats with routes of its own, an eighth as many at least; paths that are too few for a leaf of
 * their own share one under what they have in common. That bounds the tree to a small multiple of the routes, while a
 * request still meets few routes more than the repeated ones.
 */
final class TreeKeys {
    private static final int REPEATED_FOR_EACH_OWN = 8;

    private static final class Counts {
        private int all;
        private int repeated;
    }

    private final Map<String, Counts> countsByStart = new HashMap<>();
    private final String[] starts;
    private final Map<String, String> keys = new HashMap<>();

    private TreeKeys(List<RouteEntry> routes) {
        for (RouteEntry route : routes) {
            Counts counts = countsByStart.computeIfAbsent(route.literalPrefix(), s -> new Counts());
            counts.all++;
            counts.repeated += route.takesLongerPaths() ? 1 : 0;
        }
        starts = countsByStart.keySet().toArray(new String[0]);
        Arrays.sort(starts);
    }

    /** For each literal start of some route the key: a prefix of it, mostly itself. */
    static Map<String, String> choose(List<RouteEntry> routes) {
        TreeKeys choice = new TreeKeys(routes);
        choice.choose(0, choice.starts.length, 0, "");
        return choice.keys;
    }

    /**
     * For the starts from {@code first} up to {@code end}, which are in order.
     *
     * @param inherited how many routes a leaf among them would repeat
     * @param key the key of those that get none of their own
     */
    private void choose(int first, int end, int inherited, String key) {
        if (first == end) {
            return;
        }
        int routes = 0;
        for (int i = first; i < end; i++) {
            routes += counts(starts[i]).all;
        }
        if (routes * REPEATED_FOR_EACH_OWN < inherited) {
            for (int i = first; i < end; i++) {
                keys.put(starts[i], key);
            }
            return;
        }
        String common = commonStart(starts[first], starts[end - 1]);
        int next = first;
        int repeated = inherited;
        if (starts[first].equals(common)) {
            keys.put(common, common);
            repeated += counts(common).repeated;
            next++;
        }
        while (next < end) {
            int groupEnd = endOfGroup(next, end, common.length());
            choose(next, groupEnd, repeated, common);
            next = groupEnd;
        }
    }

    private Counts counts(String start) {
        return Objects.requireNonNull(countsByStart.get(start));
    }

    /** Where the starts end that go on with the same character. */
    private int endOfGroup(int first, int end, int length) {
        char next = starts[first].charAt(length);
        int i = first + 1;
        while (i < end && starts[i].charAt(length) == next) {
            i++;
        }
        return i;
    }

    /** Of the first and the last in order, and so of all between them. */
    static String commonStart(String a, String b) {
        int length = 0;
        while (length < a.length() && length < b.length() && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return a.substring(0, length);
    }
}
