package io.signalbox.controlplane.model;

/**
 * What one level, a route, a virtual host or a listener, says about something that wider levels may speak of, too. The
 * narrowest that speaks counts. In JSON {@code {disabled: {}}} or the settings.
 */
public sealed interface Policy<T> {
    /** Not here, whatever wider levels say. */
    record Off<T>() implements Policy<T> {}

    record On<T>(T settings) implements Policy<T> {}
}
