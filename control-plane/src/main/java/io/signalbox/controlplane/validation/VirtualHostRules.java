package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.VirtualHostSpec;
import java.util.Collections;
import java.util.List;

final class VirtualHostRules {
    private VirtualHostRules() {}

    static void check(String name, VirtualHostSpec host, Config after, Findings findings) {
        RouteRules.checkHosts(host.hosts(), findings);
        HeaderRules.check(host.headers(), findings);
        PolicyRules.check(host.policies(), findings);
        host.unmatched().ifPresent(action -> ActionRules.checkUnmatched(action, findings.at("unmatched")));
        for (Resource<VirtualHostSpec> other : after.virtualHosts().values()) {
            if (!other.name().equals(name)
                    && overlap(host.listeners(), other.spec().listeners())) {
                checkHosts(host.hosts(), other, findings);
            }
        }
    }

    private static void checkHosts(List<String> hosts, Resource<VirtualHostSpec> other, Findings findings) {
        for (int i = 0; i < hosts.size(); i++) {
            if (other.spec().hosts().contains(hosts.get(i))) {
                findings.at("hosts", i)
                        .add(
                                Findings.quote(hosts.get(i)) + ", which the virtual host " + other.name()
                                        + " is for on " + describe(other.spec().listeners()),
                                "one virtual host for each host on each listener");
            }
        }
    }

    /** None named is all. */
    private static boolean overlap(List<String> a, List<String> b) {
        return a.isEmpty() || b.isEmpty() || !Collections.disjoint(a, b);
    }

    private static String describe(List<String> listeners) {
        return listeners.isEmpty() ? "every listener" : String.join(", ", listeners);
    }
}
