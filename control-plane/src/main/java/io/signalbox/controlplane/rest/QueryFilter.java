package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.validation.Violation;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Refuses query parameters that the method does not know, or that are given twice: a typing error must not pass silently. */
@Priority(Priorities.USER)
public final class QueryFilter implements ContainerRequestFilter {
    private final ResourceInfo resource;

    public QueryFilter(@Context ResourceInfo resource) {
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> known = known(resource.getResourceMethod());
        List<Violation> violations = new ArrayList<>();
        request.getUriInfo().getQueryParameters().forEach((name, values) -> {
            if (!known.contains(name)) {
                violations.add(new Violation(
                        Query.field(name),
                        "an unknown parameter",
                        known.isEmpty() ? "no parameters" : String.join(", ", known)));
            } else if (values.size() > 1) {
                violations.add(
                        new Violation(Query.field(name), values.size() + " values", "a parameter that is given once"));
            }
        });
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        }
    }

    private static List<String> known(Method method) {
        return Optional.ofNullable(method.getAnnotation(TakesQuery.class))
                .map(takes -> List.of(takes.value()))
                .orElse(List.of());
    }
}
