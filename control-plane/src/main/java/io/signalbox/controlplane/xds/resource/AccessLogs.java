package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ComparisonFilter;
import io.envoyproxy.envoy.config.accesslog.v3.StatusCodeFilter;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.RuntimeUInt32;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.signalbox.controlplane.model.AccessLog;

/** Envoy: {@code config.accesslog.v3.AccessLog} with {@code StdoutAccessLog}. */
final class AccessLogs {
    private AccessLogs() {}

    static io.envoyproxy.envoy.config.accesslog.v3.AccessLog of(AccessLog log) {
        io.envoyproxy.envoy.config.accesslog.v3.AccessLog.Builder proto =
                io.envoyproxy.envoy.config.accesslog.v3.AccessLog.newBuilder()
                        .setName("envoy.access_loggers.stdout")
                        .setTypedConfig(Any.pack(sink(log.format())));
        log.minimumStatus().ifPresent(status -> proto.setFilter(atLeast(status)));
        return proto.build();
    }

    private static StdoutAccessLog sink(AccessLog.Format format) {
        StdoutAccessLog.Builder sink = StdoutAccessLog.newBuilder();
        if (format instanceof AccessLog.Text text) {
            sink.setLogFormat(SubstitutionFormatString.newBuilder()
                    .setTextFormatSource(DataSource.newBuilder().setInlineString(text.text() + "\n")));
        } else if (format instanceof AccessLog.Json json) {
            Struct.Builder fields = Struct.newBuilder();
            json.fields()
                    .forEach((name, value) -> fields.putFields(
                            name, Value.newBuilder().setStringValue(value).build()));
            sink.setLogFormat(SubstitutionFormatString.newBuilder().setJsonFormat(fields));
        }
        return sink.build();
    }

    /** The key, which Envoy demands, is for overrides at run time, of which we make none. */
    private static AccessLogFilter atLeast(int status) {
        RuntimeUInt32 value = RuntimeUInt32.newBuilder()
                .setDefaultValue(status)
                .setRuntimeKey("access_log.minimum_status")
                .build();
        return AccessLogFilter.newBuilder()
                .setStatusCodeFilter(StatusCodeFilter.newBuilder()
                        .setComparison(ComparisonFilter.newBuilder()
                                .setOp(ComparisonFilter.Op.GE)
                                .setValue(value)))
                .build();
    }
}
