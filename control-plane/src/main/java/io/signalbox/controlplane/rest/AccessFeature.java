package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.authentication.Authenticator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Optional;

/** Puts an {@link AccessFilter} in front of every resource method, also of those that forgot to say whom they are for. */
final class AccessFeature implements DynamicFeature {
    private final Authenticator authenticator;
    private final RateLimits limits;

    @Context
    @SuppressWarnings("NullAway.Init") // by Jersey, a proxy for that of the request at hand
    private HttpServletRequest http;

    AccessFeature(Authenticator authenticator, RateLimits limits) {
        this.authenticator = authenticator;
        this.limits = limits;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Class<?> type = resource.getResourceClass();
        if (!type.isAnnotationPresent(WithoutToken.class)) {
            context.register(new AccessFilter(
                    authenticator, limits, neededRole(type, resource.getResourceMethod()), () -> http.getRemoteAddr()));
        }
    }

    /** What the method says goes before what its class says. */
    static Optional<Role> neededRole(Class<?> type, Method method) {
        return Optional.ofNullable(method.getAnnotation(Needs.class))
                .or(() -> Optional.ofNullable(type.getAnnotation(Needs.class)))
                .map(Needs::value);
    }
}
