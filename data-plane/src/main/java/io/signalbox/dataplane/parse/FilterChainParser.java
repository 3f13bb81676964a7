package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.netty.util.NetUtil;
import io.signalbox.dataplane.config.FilterChainConfig;
import io.signalbox.dataplane.config.NetworkFilter;
import io.signalbox.dataplane.config.ServerNames;
import io.signalbox.dataplane.config.SourceRanges;
import io.signalbox.dataplane.config.SourceRanges.Range;
import io.signalbox.dataplane.config.TlsConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** {@code envoy.config.listener.v3.FilterChain}: one that ends in the HTTP connection manager or the TCP proxy. */
final class FilterChainParser {
    private FilterChainParser() {}

    /** No two of them may be for the same connections. */
    static List<FilterChainConfig> parse(List<FilterChain> protos, long bufferBytes) throws InvalidResource {
        if (protos.isEmpty()) {
            throw new InvalidResource("filter_chains: none (expected: 1 or more)");
        }
        List<FilterChainConfig> chains = new ArrayList<>();
        Set<Map.Entry<String, Optional<Range>>> seen = new HashSet<>();
        for (int i = 0; i < protos.size(); i++) {
            String at = "filter_chains[" + i + "]";
            FilterChainConfig chain = parse(at, protos.get(i), bufferBytes);
            for (Map.Entry<String, Optional<Range>> match : matches(chain)) {
                if (!seen.add(match)) {
                    throw new InvalidResource(at + ".filter_chain_match: another chain has the same");
                }
            }
            chains.add(chain);
        }
        return chains;
    }

    /** Every pair of a name and a network that it is for; {@code ""} and empty for all. */
    private static List<Map.Entry<String, Optional<Range>>> matches(FilterChainConfig chain) {
        List<String> names =
                chain.names().names().isEmpty() ? List.of("") : chain.names().names();
        List<Optional<Range>> ranges = chain.sources().ranges().isEmpty()
                ? List.of(Optional.empty())
                : chain.sources().ranges().stream().map(Optional::of).toList();
        return names.stream()
                .flatMap(name -> ranges.stream().map(range -> Map.entry(name, range)))
                .toList();
    }

    private static FilterChainConfig parse(String at, FilterChain chain, long bufferBytes) throws InvalidResource {
        if (chain.getFiltersCount() == 0) {
            throw new InvalidResource(at + ".filters: none (expected: 1 or more)");
        }
        int last = chain.getFiltersCount() - 1;
        return new FilterChainConfig(
                names(at + ".filter_chain_match.server_names", chain),
                sources(at + ".filter_chain_match.source_prefix_ranges", chain),
                connectionLimit(at + ".filters", chain.getFiltersList().subList(0, last)),
                tls(at, chain),
                filter(
                        at + ".filters[" + last + "].typed_config",
                        chain.getFilters(last).getTypedConfig(),
                        bufferBytes));
    }

    private static NetworkFilter filter(String at, Any config, long bufferBytes) throws InvalidResource {
        return config.is(TcpProxy.class)
                ? TcpConfigParser.parse(at, Protos.unpack(at, config, TcpProxy.class))
                : HttpConfigParser.parse(at, Protos.unpack(at, config, HttpConnectionManager.class), bufferBytes);
    }

    private static ServerNames names(String at, FilterChain chain) throws InvalidResource {
        List<String> names = new ArrayList<>();
        for (String name : chain.getFilterChainMatch().getServerNamesList()) {
            if (name.lastIndexOf('*') > 0 || name.startsWith("*") && !name.startsWith("*.")) {
                throw new InvalidResource(
                        at + "[" + names.size() + "]: \"" + name + "\" (expected: a name, or *. and a name)");
            }
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return new ServerNames(names);
    }

    /** The lowest of several. */
    private static OptionalLong connectionLimit(String at, List<Filter> filters) throws InvalidResource {
        OptionalLong lowest = OptionalLong.empty();
        for (int i = 0; i < filters.size(); i++) {
            String path = at + "[" + i + "].typed_config";
            ConnectionLimit proto = Protos.unpack(path, filters.get(i).getTypedConfig(), ConnectionLimit.class);
            long limit = proto.getMaxConnections().getValue();
            if (limit < 1) {
                throw new InvalidResource(path + ".max_connections: " + limit + " (expected: 1 or more)");
            }
            lowest = OptionalLong.of(Math.min(limit, lowest.orElse(limit)));
        }
        return lowest;
    }

    private static Optional<TlsConfig> tls(String at, FilterChain chain) throws InvalidResource {
        return chain.hasTransportSocket()
                ? TlsParser.parseTransportSocket(at + ".transport_socket", chain.getTransportSocket())
                : Optional.empty();
    }

    private static SourceRanges sources(String at, FilterChain chain) throws InvalidResource {
        List<Range> ranges = new ArrayList<>();
        for (CidrRange proto : chain.getFilterChainMatch().getSourcePrefixRangesList()) {
            ranges.add(range(at + "[" + ranges.size() + "]", proto));
        }
        return new SourceRanges(ranges);
    }

    private static Range range(String at, CidrRange proto) throws InvalidResource {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(proto.getAddressPrefix());
        int length = proto.getPrefixLen().getValue();
        if (bytes == null || length < 0 || length > bytes.length * 8) {
            throw new InvalidResource(
                    at + ": \"" + proto.getAddressPrefix() + "/" + length + "\" (expected: a network)");
        }
        for (int bit = length; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        try {
            return new Range(InetAddress.getByAddress(bytes), length);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }
}
