package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.progress.LoadView.Silent;
import java.time.Instant;
import java.util.List;

/** How long the answers of two pools took, as proxies told. Any thread. */
public interface LatencyWatch {
    /** @throws io.signalbox.controlplane.store.StoreUnavailable when the store does not answer */
    Times observe(String stable, String canary, Instant since);

    /** What was told of a time that is over. */
    record Interval(Latencies canary, Latencies stable) {}

    /**
     * @param intervals one after the other, all told by all who tell, none begun before the moment asked for
     * @param told whether anybody tells latencies now
     * @param silent proxies that told latencies, and have not for some time, though they may well still serve
     * @param untold proxies that report their load but do not tell latencies
     */
    record Times(List<Interval> intervals, boolean told, List<Silent> silent, List<String> untold) {
        /** Where there is nothing to ask. */
        public static final Times NONE = new Times(List.of(), false, List.of(), List.of());

        public Times {
            intervals = List.copyOf(intervals);
            silent = List.copyOf(silent);
            untold = List.copyOf(untold);
        }
    }
}
