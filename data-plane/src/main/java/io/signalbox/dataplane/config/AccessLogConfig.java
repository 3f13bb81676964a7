package io.signalbox.dataplane.config;

import io.signalbox.routing.LogFormat;

/**
 * One access log on standard output.
 *
 * @param lowestStatus of the requests it tells of; 0 for all
 * @param highestStatus likewise
 */
public record AccessLogConfig(LogFormat format, int lowestStatus, int highestStatus) {
    public boolean tellsOf(int status) {
        return lowestStatus <= status && status <= highestStatus;
    }
}
