package io.signalbox.dataplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
    private final TokenBucket bucket = new TokenBucket(3, 2, TimeUnit.SECONDS.toNanos(10), time::get);

    private int takeAll() {
        int taken = 0;
        while (bucket.take()) {
            taken++;
        }
        return taken;
    }

    private void pass(long seconds) {
        time.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void beginsFullAndSaysWhatIsLeft() {
        assertThat(bucket.remaining()).isEqualTo(3);
        assertThat(bucket.secondsToNext()).isZero();
        assertThat(takeAll()).isEqualTo(3);
        assertThat(bucket.remaining()).isZero();
        assertThat(bucket.secondsToNext()).isEqualTo(5);
    }

    @Test
    void fillsEvenly() {
        takeAll();
        pass(4);
        assertThat(takeAll()).isZero();
        assertThat(bucket.secondsToNext()).isEqualTo(1);
        pass(1);
        assertThat(takeAll()).isEqualTo(1);
        pass(10);
        assertThat(takeAll()).isEqualTo(2);
    }

    @Test
    void holdsNoMoreThanItHolds() {
        takeAll();
        pass(10_000);
        assertThat(bucket.remaining()).isEqualTo(3);
        assertThat(takeAll()).isEqualTo(3);
    }
}
