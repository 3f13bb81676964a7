package io.signalbox.controlplane.app;

import io.signalbox.controlplane.store.KeyedAnswers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes answers to keyed requests that nobody may ask for any more, on a thread of its own. */
final class AnswerExpiry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerExpiry.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final KeyedAnswers answers;
    private final InstantSource time;
    private final ScheduledExecutorService thread;

    private AnswerExpiry(KeyedAnswers answers, InstantSource time) {
        this.answers = answers;
        this.time = time;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread expiry = new Thread(task, "answer-expiry");
            expiry.setDaemon(true);
            return expiry;
        });
    }

    static AnswerExpiry start(KeyedAnswers answers, InstantSource time) {
        AnswerExpiry expiry = new AnswerExpiry(answers, time);
        expiry.thread.scheduleWithFixedDelay(expiry::removeExpired, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return expiry;
    }

    private void removeExpired() {
        try {
            int removed = answers.removeExpired(time.instant());
            LOG.debug("Removed {} answers to keyed requests", removed);
        } catch (RuntimeException e) { // one that is thrown would end the schedule
            LOG.warn("Expired answers could not be removed, trying again later: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
