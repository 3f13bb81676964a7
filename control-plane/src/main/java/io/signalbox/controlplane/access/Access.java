package io.signalbox.controlplane.access;

import io.signalbox.controlplane.access.Decision.OutsideScope;
import io.signalbox.controlplane.access.Decision.Permitted;
import io.signalbox.controlplane.access.Decision.RoleTooLow;
import io.signalbox.controlplane.model.Resource;
import java.util.Optional;
import java.util.stream.Stream;

/** The rule: who may do what. */
public final class Access {
    private Access() {}

    /** For an operation as a whole. */
    public static Decision permit(Principal principal, Role needed) {
        return principal.role().includes(needed) ? new Permitted() : new RoleTooLow(principal.role(), needed);
    }

    /**
     * For a change to one resource. It must be within the principal's scope as it was and as it becomes, so that nobody
     * takes what is not theirs, or gives away what is.
     *
     * @param before empty where the change creates the resource
     * @param after empty where it deletes it
     */
    public static Decision permit(Principal principal, Optional<Resource<?>> before, Optional<Resource<?>> after) {
        boolean operational = before.isPresent() && after.isPresent() && OperationalEdit.is(before.get(), after.get());
        Decision byRole = permit(principal, operational ? Role.OPERATOR : Role.EDITOR);
        return byRole instanceof Permitted
                ? Stream.of(before, after)
                        .flatMap(Optional::stream)
                        .flatMap(resource -> principal.scope().findObjection(resource).stream())
                        .findFirst()
                        .<Decision>map(found -> new OutsideScope(principal.scope(), found))
                        .orElse(byRole)
                : byRole;
    }
}
