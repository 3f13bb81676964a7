package io.signalbox.controlplane.rest.events;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.glassfish.jersey.server.ChunkedOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to one client, on a thread of its own, as fast as the client takes them. */
final class EventStream implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /** Well below what proxies on the way, and our own server, take for an abandoned connection. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    /** Then the client has to come again and to show its token. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final EventLog log;
    private final OptionalLong lastSeen;
    private final ChunkedOutput<byte[]> out;

    /** @param lastSeen the revision after which to start; empty for now */
    EventStream(EventLog log, OptionalLong lastSeen, ChunkedOutput<byte[]> out) {
        this.log = log;
        this.lastSeen = lastSeen;
        this.out = out;
    }

    @Override
    public void run() {
        try (out;
                EventLog.Reader reader = log.read()) {
            comment("events of Signalbox");
            catchUp(reader);
            write(reader.state());
            follow(reader);
        } catch (IOException e) {
            LOG.debug("A reader of events went away", e);
        } catch (RuntimeException e) {
            LOG.warn("A stream of events ends early: {}", e.toString());
        } catch (InterruptedException e) {
            LOG.debug("A stream of events ends: {}", e.getMessage());
        }
    }

    private void catchUp(EventLog.Reader reader) throws IOException {
        long told = lastSeen.orElse(reader.from());
        while (told < reader.from()) {
            List<Event> events = log.replay(told, reader.from());
            if (events.isEmpty()) {
                throw new InterruptedIOException("the history ends at revision " + told);
            }
            write(events);
            told = events.get(events.size() - 1).id().orElse(reader.from());
        }
    }

    private void follow(EventLog.Reader reader) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end) {
            List<Event> events = reader.next(KEEP_ALIVE);
            if (events.isEmpty()) {
                comment("keep-alive");
            } else {
                write(events);
            }
        }
    }

    private void write(List<Event> events) throws IOException {
        for (Event event : events) {
            if (event.id().isEmpty() || event.id().getAsLong() > lastSeen.orElse(0)) {
                out.write(event.bytes());
            }
        }
    }

    private void comment(String text) throws IOException {
        out.write((": " + text + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
}
