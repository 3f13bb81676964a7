package io.signalbox.dataplane.upstream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Which host a request goes to, by the health of the hosts at one moment. Safe for use by any thread. */
interface HostChoice {
    static HostChoice of(List<Member> members, Balancing balancing) {
        return balancing.config().spread().subsets().isPresent()
                ? new SubsetChoice(
                        members, balancing.config().spread().subsets().get(), balancing)
                : Selection.of(members, balancing);
    }

    /**
     * Empty when there is none.
     *
     * @param labels that the host must have
     * @param hash of the request
     */
    Optional<Host> pick(Map<String, String> labels, OptionalLong hash);
}
