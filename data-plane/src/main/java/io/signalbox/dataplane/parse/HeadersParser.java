package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation.ActionCase;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.signalbox.dataplane.config.FilterConfig;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** {@code HeaderMutation}: headers of requests that are set to plain text. */
final class HeadersParser {
    private HeadersParser() {}

    static FilterConfig ofListener(String at, Any any) throws InvalidResource {
        return headers(at, Protos.unpack(at, any, HeaderMutation.class).getMutations());
    }

    static FilterConfig ofRoute(String at, Any any) throws InvalidResource {
        return headers(at, Protos.unpack(at, any, HeaderMutationPerRoute.class).getMutations());
    }

    private static FilterConfig headers(String at, Mutations proto) throws InvalidResource {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < proto.getRequestMutationsCount(); i++) {
            String mutation = at + ".mutations.request_mutations[" + i + "]";
            if (proto.getRequestMutations(i).getActionCase() != ActionCase.APPEND) {
                throw new InvalidResource(mutation + ": only append is supported");
            }
            add(mutation + ".append", proto.getRequestMutations(i).getAppend(), headers);
        }
        return new FilterConfig.Headers(headers);
    }

    private static void add(String at, HeaderValueOption option, Map<String, String> to) throws InvalidResource {
        if (option.getAppendAction() != HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD) {
            throw new InvalidResource(at + ".append_action: " + option.getAppendAction() + " is not supported");
        }
        HeaderValue header = option.getHeader();
        if (header.getKey().isEmpty()
                || header.getKey().startsWith(":")
                || header.getKey().equalsIgnoreCase("host")) {
            throw new InvalidResource(at + ".header.key: \"" + header.getKey() + "\" is not supported");
        }
        if (header.getValue().isEmpty() || header.getValue().contains("%")) {
            throw new InvalidResource(at + ".header.value: \"" + header.getValue() + "\" is not supported");
        }
        to.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
}
