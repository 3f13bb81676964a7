package io.signalbox.dataplane.parse;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.signalbox.dataplane.config.AccessLogConfig;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.LogFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Access logs to standard output; those to other places change no answer and are left to Envoy. */
final class AccessLogParser {
    private AccessLogParser() {}

    static List<AccessLogConfig> parse(String at, List<AccessLog> protos) throws InvalidResource {
        List<AccessLogConfig> logs = new ArrayList<>();
        for (int i = 0; i < protos.size(); i++) {
            AccessLog proto = protos.get(i);
            if (proto.getTypedConfig().is(StdoutAccessLog.class)) {
                logs.add(log(at + "[" + i + "]", proto));
            }
        }
        return logs;
    }

    private static AccessLogConfig log(String at, AccessLog proto) throws InvalidResource {
        StdoutAccessLog sink = Protos.unpack(at + ".typed_config", proto.getTypedConfig(), StdoutAccessLog.class);
        LogFormat format = format(at + ".typed_config.log_format", sink);
        if (!proto.hasFilter()) {
            return new AccessLogConfig(format, 0, Integer.MAX_VALUE);
        }
        if (proto.getFilter().getFilterSpecifierCase() != AccessLogFilter.FilterSpecifierCase.STATUS_CODE_FILTER) {
            throw new InvalidResource(at + ".filter: only status_code_filter is supported");
        }
        var comparison = proto.getFilter().getStatusCodeFilter().getComparison();
        int status = comparison.getValue().getDefaultValue();
        return switch (comparison.getOp()) {
            case EQ -> new AccessLogConfig(format, status, status);
            case GE -> new AccessLogConfig(format, status, Integer.MAX_VALUE);
            case LE -> new AccessLogConfig(format, 0, status);
            default ->
                throw new InvalidResource(
                        at + ".filter.status_code_filter.comparison.op: " + comparison.getOp() + " is not supported");
        };
    }

    private static LogFormat format(String at, StdoutAccessLog sink) throws InvalidResource {
        try {
            if (!sink.hasLogFormat()) {
                return LogFormat.text(LogFormat.USUAL);
            }
            SubstitutionFormatString format = sink.getLogFormat();
            return switch (format.getFormatCase()) {
                case TEXT_FORMAT_SOURCE ->
                    LogFormat.text(format.getTextFormatSource().getInlineString());
                case JSON_FORMAT -> LogFormat.json(strings(at + ".json_format", format.getJsonFormat()));
                default -> throw new InvalidResource(at + ": text_format_source or json_format is required");
            };
        } catch (InvalidRouteConfiguration e) {
            throw new InvalidResource(at + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> strings(String at, Struct struct) throws InvalidResource {
        Map<String, String> strings = new HashMap<>();
        for (Map.Entry<String, Value> field : struct.getFieldsMap().entrySet()) {
            if (!field.getValue().hasStringValue()) {
                throw new InvalidResource(at + "." + field.getKey() + ": only strings are supported");
            }
            strings.put(field.getKey(), field.getValue().getStringValue());
        }
        return strings;
    }
}
