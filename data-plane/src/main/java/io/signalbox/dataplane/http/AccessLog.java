package io.signalbox.dataplane.http;

import io.signalbox.dataplane.config.AccessLogConfig;
import io.signalbox.routing.FormatContext;
import java.util.List;
import java.util.function.Consumer;

/** Tells of requests and connections that are over what the listener says. Any thread. */
public final class AccessLog {
    private final List<AccessLogConfig> configs;
    private final Consumer<String> lines;

    /** @param lines takes a line with its end, one char for each byte */
    public AccessLog(List<AccessLogConfig> configs, Consumer<String> lines) {
        this.configs = List.copyOf(configs);
        this.lines = lines;
    }

    boolean isOff() {
        return configs.isEmpty();
    }

    public void write(FormatContext request) {
        for (AccessLogConfig config : configs) {
            if (config.tellsOf(request.outcome().status())) {
                lines.accept(config.format().line(request));
            }
        }
    }
}
