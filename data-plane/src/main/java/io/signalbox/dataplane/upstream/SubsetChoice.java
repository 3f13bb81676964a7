package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.Spread.Fallback;
import io.signalbox.dataplane.config.Spread.Selector;
import io.signalbox.dataplane.config.Spread.Subsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Chooses among the hosts that have the labels a request asks for. Envoy: "Load balancer subsets". Each subset balances by
 * itself, with priorities, panic and all; only when nobody is in it the fallback holds.
 */
final class SubsetChoice implements HostChoice {
    private final Subsets config;
    private final Map<Map<String, String>, Selection> byLabels = new HashMap<>();
    private final Selection any;
    private final Selection byDefault;

    SubsetChoice(List<Member> members, Subsets config, Balancing balancing) {
        this.config = config;
        this.any = Selection.of(members, balancing);
        this.byDefault = Selection.of(
                members.stream()
                        .filter(m -> m.endpoint()
                                .labels()
                                .entrySet()
                                .containsAll(config.byDefault().entrySet()))
                        .toList(),
                balancing);
        Map<Map<String, String>, List<Member>> groups = new HashMap<>();
        for (Selector selector : config.selectors()) {
            for (Member member : members) {
                Map<String, String> labels = new HashMap<>(member.endpoint().labels());
                labels.keySet().retainAll(selector.keys());
                if (labels.size() == selector.keys().size()) {
                    groups.computeIfAbsent(labels, l -> new ArrayList<>()).add(member);
                }
            }
        }
        groups.forEach((labels, group) -> byLabels.put(labels, Selection.of(group, balancing)));
    }

    @Override
    public Optional<Host> pick(Map<String, String> labels, OptionalLong hash) {
        Selection subset = labels.isEmpty() ? null : byLabels.get(labels);
        if (subset != null) {
            return subset.pick(labels, hash);
        }
        Fallback fallback = labels.isEmpty() ? config.fallback() : config.fallback(labels.keySet());
        return switch (fallback) {
            case NONE -> Optional.empty();
            case ANY -> any.pick(labels, hash);
            case DEFAULT -> byDefault.pick(labels, hash);
        };
    }
}
