package io.signalbox.routing;

import java.util.List;

/** A request of which nothing is known, unless an implementation knows something. */
public interface UnknownRequest extends RequestView {
    @Override
    default String method() {
        return "";
    }

    @Override
    default String scheme() {
        return "";
    }

    @Override
    default String authority() {
        return "";
    }

    @Override
    default String path() {
        return "";
    }

    @Override
    default List<String> headers(String lowerCaseName) {
        return List.of();
    }
}
