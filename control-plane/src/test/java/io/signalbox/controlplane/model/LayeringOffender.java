package io.signalbox.controlplane.model;

import com.google.protobuf.Message;
import io.signalbox.controlplane.compile.LayeringOffenderAbove;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Random;

/** Does all that a pure package must not do, to show that the layering rules would see it. */
public final class LayeringOffender {
    public LayeringOffender() {}

    Instant readsTheClock() {
        return Instant.now();
    }

    String readsFiles(Path path) throws IOException {
        return Files.readString(path);
    }

    String asksTheEnvironment() {
        return System.getenv().toString();
    }

    int throwsDice() {
        return new Random(1).nextInt();
    }

    Thread hasThreads(Runnable task) {
        return new Thread(task);
    }

    LayeringOffenderAbove looksUp() {
        return new LayeringOffenderAbove();
    }

    int knowsProtos(Message message) {
        return message.getSerializedSize();
    }

    boolean knowsSql(Object object) {
        return object instanceof Connection;
    }
}
