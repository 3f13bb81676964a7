package io.signalbox.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    @Test
    void writesEveryLineInOrderBeforeItCloses() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LogLines lines = new LogLines(out)) {
            IntStream.range(0, 1000).forEach(i -> lines.accept(i + " \u00c3\u00a9\n"));
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> i + " é\n").collect(Collectors.joining()));
    }

    @Test
    void nobodyWaitsForAReaderThatHasGone() throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                written.countDown();
                throw new IOException("broken pipe");
            }
        };
        try (LogLines lines = new LogLines(broken)) {
            lines.accept("first\n");
            written.await();
            IntStream.range(0, 200_000).forEach(i -> lines.accept("more\n"));
        }
        assertThat(written.getCount()).isZero();
    }
}
