package io.signalbox.routing;

/** A route configuration that Envoy would refuse or this library does not support; the whole of it is refused. */
public final class InvalidRouteConfiguration extends Exception {
    private final String field;

    InvalidRouteConfiguration(String field, String problem) {
        super(field.isEmpty() ? problem : field + ": " + problem);
        this.field = field;
    }

    /** Path of the field at fault, in proto field names: {@code virtual_hosts[0].routes[2].match.tls_context}. */
    public String field() {
        return field;
    }
}
