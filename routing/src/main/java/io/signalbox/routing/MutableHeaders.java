package io.signalbox.routing;

import java.util.List;

/** Headers that a route changes: a small view of whatever the caller keeps them in. Names are in lower case. */
public interface MutableHeaders {
    /** The values of all lines of this header, in their order; empty when it is not there. */
    List<String> get(String name);

    /** One line with this value in place of all there are. */
    void set(String name, String value);

    /** One more line. */
    void add(String name, String value);

    void remove(String name);
}
