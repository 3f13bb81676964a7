package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.judge.Interval;
import java.time.Instant;
import java.util.List;

/** What proxies reported of two pools. Any thread. */
public interface LoadView {
    /** @throws io.signalbox.controlplane.store.StoreUnavailable when the store does not answer */
    Observation observe(String stable, String canary, Instant since);

    /**
     * @param intervals one after the other, all over for good, none begun before the moment asked for
     * @param silent proxies that reported once, and for some seconds have not, though they may well still serve
     */
    record Observation(List<Interval> intervals, List<Silent> silent) {
        public Observation {
            intervals = List.copyOf(intervals);
            silent = List.copyOf(silent);
        }
    }

    /** @param since the last report */
    record Silent(String node, Instant since) {}
}
