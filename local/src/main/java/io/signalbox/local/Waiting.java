package io.signalbox.local;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Waits for what can only be asked for, again and again. */
public final class Waiting {
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private Waiting() {}

    /** A question that may fail as long as the thing is not there yet. */
    public interface Question<T> {
        Optional<T> ask() throws Exception;
    }

    /**
     * Asks until there is an answer.
     *
     * @return empty after the timeout, or when the thread was interrupted (its flag is then set)
     */
    public static <T> Optional<T> until(Duration timeout, Question<T> question) {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<T> answer = ask(question);
            if (answer.isPresent()
                    || System.nanoTime() - end >= 0
                    || Thread.currentThread().isInterrupted()) {
                return answer;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static <T> Optional<T> ask(Question<T> question) {
        try {
            return question.ask();
        } catch (LocalProcessException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.empty();
        }
    }
}
