package io.signalbox.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * What a route, with all it stands in, changes about headers. Levels are applied one after the other: by default the most
 * specific first, so that the widest has the last word. Immutable, and the same object for all requests that take one arm
 * of one route.
 *
 * <p>Envoy changes a request's headers before it rewrites path and host, and a response's before it is sent, also for
 * redirects and direct responses.
 */
public final class HeaderChanges {
    public static final HeaderChanges NONE = new HeaderChanges(List.of());

    private final List<Level> levels;

    HeaderChanges(List<Level> levels) {
        this.levels = List.copyOf(levels);
    }

    /** What one level changes: it first removes, then looks at what is there, then overwrites, then adds. */
    record Level(List<String> removed, List<Added> added) {
        static final Level NONE = new Level(List.of(), List.of());

        Level {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }

        boolean isEmpty() {
            return removed.isEmpty() && added.isEmpty();
        }

        void apply(MutableHeaders headers, FormatContext context) {
            removed.forEach(headers::remove);
            // All values are made, and all conditions decided, before the first of them is written.
            List<Written> written = new ArrayList<>(added.size());
            for (Added addition : added) {
                String value = addition.value().text(context);
                if ((!value.isEmpty() || addition.keepEmpty())
                        && addition.action().applies(headers, addition.name())) {
                    written.add(new Written(addition, value));
                }
            }
            for (Written header : written) {
                if (header.added().action().overwrites()) {
                    headers.set(header.added().name(), header.value());
                }
            }
            for (Written header : written) {
                if (!header.added().action().overwrites()) {
                    header.added().append(headers, header.value());
                }
            }
        }
    }

    private record Written(Added added, String value) {}

    /** @param joins whether Envoy keeps this header in one line, to which further values are appended */
    record Added(String name, Format value, Action action, boolean keepEmpty, boolean joins) {
        void append(MutableHeaders headers, String value) {
            List<String> lines = joins ? headers.get(name) : List.of();
            if (lines.isEmpty()) {
                headers.add(name, value);
            } else if (!value.isEmpty()) {
                String before = String.join(",", lines);
                headers.set(name, before.isEmpty() ? value : before + "," + value);
            }
        }
    }

    /** Envoy's {@code append_action}. */
    enum Action {
        APPEND_IF_EXISTS_OR_ADD,
        ADD_IF_ABSENT,
        OVERWRITE_IF_EXISTS_OR_ADD,
        OVERWRITE_IF_EXISTS;

        boolean overwrites() {
            return this == OVERWRITE_IF_EXISTS_OR_ADD || this == OVERWRITE_IF_EXISTS;
        }

        boolean applies(MutableHeaders headers, String name) {
            return switch (this) {
                case APPEND_IF_EXISTS_OR_ADD, OVERWRITE_IF_EXISTS_OR_ADD -> true;
                case ADD_IF_ABSENT -> headers.get(name).isEmpty();
                case OVERWRITE_IF_EXISTS -> !headers.get(name).isEmpty();
            };
        }
    }

    public boolean isEmpty() {
        return levels.isEmpty();
    }

    /** Makes the changes. */
    public void apply(MutableHeaders headers, FormatContext context) {
        for (int i = 0; i < levels.size(); i++) {
            levels.get(i).apply(headers, context);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderChanges that && levels.equals(that.levels);
    }

    @Override
    public int hashCode() {
        return levels.hashCode();
    }

    @Override
    public String toString() {
        return levels.toString();
    }
}
