package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.AccessLog;

final class AccessLogRules {
    private AccessLogRules() {}

    static void check(AccessLog log, Findings findings) {
        if (log.format() instanceof AccessLog.Text text) {
            FormatRules.check(text.text(), FormatRules.Place.LOG, findings.at("text"));
        } else if (log.format() instanceof AccessLog.Json json) {
            json.fields()
                    .forEach((name, value) -> FormatRules.check(
                            value, FormatRules.Place.LOG, findings.at("json[" + Findings.quote(name) + "]")));
        }
    }
}
