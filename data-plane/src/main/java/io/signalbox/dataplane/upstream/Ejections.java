package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.HealthConfig.Outliers;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Which hosts of a cluster are left out, and for how long. Envoy: "Outlier detection". Confined to one thread. */
final class Ejections {
    private static final class Record {
        private Instant since = Instant.MIN;
        private int times;
    }

    private final Outliers rules;
    private final Map<Host, Record> records = new IdentityHashMap<>();

    Ejections(Outliers rules) {
        this.rules = rules;
    }

    /**
     * A host has reached a limit.
     *
     * @param hosts how many the cluster has
     * @return whether it is left out from now on
     */
    boolean eject(Host host, int hosts, Instant now) {
        long out = records.keySet().stream().filter(Host::isEjected).count();
        if (host.isEjected() || 100.0 * (out + 1) / hosts > rules.maxPercent()) {
            return false;
        }
        Record record = records.computeIfAbsent(host, h -> new Record());
        record.since = now;
        record.times++;
        host.eject(true);
        return true;
    }

    /**
     * To be called each interval. Lets back who has been out long enough; a host that behaves is forgiven, one time out
     * for each interval.
     *
     * @param hosts those that the cluster has
     * @return whether anyone came back
     */
    boolean sweep(Set<Host> hosts, Instant now) {
        records.keySet().retainAll(hosts);
        boolean changed = false;
        for (Map.Entry<Host, Record> entry : records.entrySet()) {
            Record record = entry.getValue();
            if (!entry.getKey().isEjected()) {
                record.times = Math.max(0, record.times - 1);
            } else if (!now.isBefore(record.since.plus(time(record.times)))) {
                entry.getKey().eject(false);
                changed = true;
            }
        }
        return changed;
    }

    private Duration time(int times) {
        Duration time = rules.baseTime().multipliedBy(times);
        return time.compareTo(rules.maxTime()) < 0 ? time : rules.maxTime();
    }
}
