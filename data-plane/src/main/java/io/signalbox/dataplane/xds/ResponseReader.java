package io.signalbox.dataplane.xds;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.signalbox.dataplane.parse.InvalidResource;
import io.signalbox.dataplane.parse.ResourceParsers;
import io.signalbox.dataplane.state.ConfigState;
import io.signalbox.dataplane.state.ResourceType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parses a response and hands over what is good. One bad resource does not hold the others back: it alone keeps its old
 * state, and the whole response is refused for it, as Envoy does.
 */
final class ResponseReader {
    private interface Parser<T> {
        T parse(Any resource) throws InvalidResource;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ResponseReader.class);

    private final ConfigState state;
    private final Set<String> told = new HashSet<>();

    ResponseReader(ConfigState state) {
        this.state = state;
    }

    /** Gives back what is wrong, by resource name; empty when all is in force or warming. */
    Map<String, String> read(ResourceType type, DeltaDiscoveryResponse response) {
        Map<String, String> faults = new TreeMap<>();
        Set<String> removed = Set.copyOf(response.getRemovedResourcesList());
        switch (type) {
            case CLUSTER -> state.updateClusters(parse(response, ResourceParsers::cluster, faults), removed);
            case ENDPOINTS -> state.updateEndpoints(parse(response, ResourceParsers::endpoints, faults));
            case LISTENER -> {
                Set<String> http3 = new HashSet<>(removed);
                DeltaDiscoveryResponse served = withoutHttp3(response, http3);
                faults.putAll(state.updateListeners(parse(served, ResourceParsers::listener, faults), http3));
            }
            case ROUTES -> state.updateRoutes(parse(response, ResourceParsers::routes, faults));
            case SECRET -> state.updateSecrets(parse(response, ResourceParsers::secret, faults));
        }
        return faults;
    }

    /**
     * HTTP/3 is not served here. Its listeners are as if they were not there, and said so once.
     *
     * @param notServed gets their names
     */
    private DeltaDiscoveryResponse withoutHttp3(DeltaDiscoveryResponse response, Set<String> notServed) {
        DeltaDiscoveryResponse.Builder served = response.toBuilder().clearResources();
        for (Resource resource : response.getResourcesList()) {
            if (!isHttp3(resource)) {
                served.addResources(resource);
            } else if (notServed.add(resource.getName()) && told.add(resource.getName())) {
                LOG.warn("listener {}: HTTP/3 is not served here; clients are served over TCP", resource.getName());
            }
        }
        return served.build();
    }

    /** What cannot be read is refused where it is parsed. */
    private static boolean isHttp3(Resource resource) {
        try {
            return resource.hasResource() && ResourceParsers.isHttp3(resource.getResource());
        } catch (InvalidResource e) {
            return false;
        }
    }

    private static <T> Map<String, T> parse(
            DeltaDiscoveryResponse response, Parser<T> parser, Map<String, String> faults) {
        Map<String, T> parsed = new LinkedHashMap<>();
        for (Resource resource : response.getResourcesList()) {
            // A resource without content says that it is up to date.
            if (!resource.hasResource()) {
                continue;
            }
            try {
                parsed.put(resource.getName(), parser.parse(resource.getResource()));
            } catch (InvalidResource e) {
                faults.put(resource.getName(), String.valueOf(e.getMessage()));
            }
        }
        return parsed;
    }

    /** {@code Error adding/updating cluster(s) a: reason, b: reason}. */
    static String message(ResourceType type, Map<String, String> faults) {
        String word = switch (type) {
            case CLUSTER -> "cluster(s)";
            case ENDPOINTS -> "endpoints";
            case LISTENER -> "listener(s)";
            case ROUTES -> "route configuration(s)";
            case SECRET -> "secret(s)";
        };
        return "Error adding/updating " + word + " "
                + faults.entrySet().stream()
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .collect(Collectors.joining(", "));
    }
}
