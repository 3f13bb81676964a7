package io.signalbox.controlplane.authentication;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Looks for what a JWT claims. */
final class Claims {
    private Claims() {}

    /** @param value empty for whatever it is */
    static boolean fit(Map<String, Object> claims, String name, Optional<String> value) {
        return find(claims, name)
                .map(found -> value.isEmpty() || holds(found, value.get()))
                .orElse(false);
    }

    private static Optional<Object> find(Map<?, ?> claims, String name) {
        int dot = name.indexOf('.');
        if (claims.containsKey(name) || dot < 0) {
            return Optional.ofNullable(claims.get(name));
        }
        return claims.get(name.substring(0, dot)) instanceof Map<?, ?> within
                ? find(within, name.substring(dot + 1))
                : Optional.empty();
    }

    private static boolean holds(Object found, String value) {
        return found instanceof Collection<?> list ? list.contains(value) : found.equals(value);
    }
}
