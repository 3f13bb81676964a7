package io.signalbox.dataplane.state;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** Looks up host names. */
public interface Resolver {
    /** @param found is called once, by the thread that owns the config; with nothing when the name is not known */
    void resolve(String host, Consumer<List<InetAddress>> found);
}
