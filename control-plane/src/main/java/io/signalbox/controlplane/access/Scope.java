package io.signalbox.controlplane.access;

import io.signalbox.controlplane.model.LabelSelector;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.VirtualHostSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The resources that somebody may write. All that is given must hold.
 *
 * <p>Hosts belong to routes and virtual hosts. Other kinds have none, and are judged by their labels; under a scope without a label selector
 * none of them is within, as nothing says whose it is.
 *
 * @param labelSelector what the labels must be like: {@code team=payments}
 * @param hostSuffix the domain that every host of such a one must be, or be under: {@code pay.example.com} is for itself and
 *     for {@code *.pay.example.com}, neither for {@code *.example.com} nor for {@code *}
 */
public record Scope(Optional<String> labelSelector, Optional<String> hostSuffix) {
    public static final Scope EVERYTHING = new Scope(Optional.empty(), Optional.empty());

    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
    private static final int LONGEST_DOMAIN = 253;

    /** @throws IllegalArgumentException for a selector that cannot be read, or what is no domain */
    public Scope {
        hostSuffix = hostSuffix.map(suffix -> suffix.toLowerCase(Locale.ROOT));
        labelSelector.ifPresent(Scope::parse);
        hostSuffix.ifPresent(suffix -> {
            if (suffix.length() > LONGEST_DOMAIN || !DOMAIN.matcher(suffix).matches()) {
                throw new IllegalArgumentException(
                        "hostSuffix " + suffix + " (expected: a domain such as pay.example.com)");
            }
        });
    }

    public boolean isEverything() {
        return labelSelector.isEmpty() && hostSuffix.isEmpty();
    }

    /** What keeps the resource out of this scope, in words; empty when it is within. */
    Optional<String> findObjection(Resource<?> resource) {
        return wrongLabels(resource.labels()).or(() -> hostSuffix.flatMap(suffix -> wrongHost(resource, suffix)));
    }

    private Optional<String> wrongLabels(Map<String, String> labels) {
        return labelSelector
                .filter(selector -> !parse(selector).test(labels))
                .map(selector -> labels.isEmpty() ? "no labels" : "the labels " + labels);
    }

    private Optional<String> wrongHost(Resource<?> resource, String suffix) {
        if (resource.spec() instanceof RouteSpec route) {
            return wrongHost(route.hosts(), suffix);
        } else if (resource.spec() instanceof VirtualHostSpec host) {
            return wrongHost(host.hosts(), suffix);
        }
        return labelSelector.isPresent()
                ? Optional.empty()
                : Optional.of("a " + resource.spec().kind().singular() + ", which has no hosts");
    }

    private static Optional<String> wrongHost(List<String> hosts, String suffix) {
        return hosts.stream()
                .filter(host -> !host.equals(suffix) && !host.endsWith("." + suffix))
                .findFirst()
                .map(host -> "the host " + host);
    }

    private static Predicate<Map<String, String>> parse(String selector) {
        return LabelSelector.parse(selector)
                .orElseThrow(() -> new IllegalArgumentException(
                        "labelSelector " + selector + " (expected: conditions such as team=payments,stage!=test)"));
    }

    /** As in messages: {@code labels team=payments, hosts under pay.example.com}. */
    public String describe() {
        if (isEverything()) {
            return "everything";
        }
        Optional<String> labels = labelSelector.map(selector -> "labels " + selector);
        Optional<String> hosts = hostSuffix.map(suffix -> "hosts under " + suffix);
        return labels.flatMap(l -> hosts.map(h -> l + ", " + h))
                .or(() -> labels)
                .or(() -> hosts)
                .orElseThrow();
    }
}
