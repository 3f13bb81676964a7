package io.signalbox.controlplane.app;

import io.signalbox.controlplane.authentication.Tokens;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.store.ConfigStore;
import io.signalbox.controlplane.store.Database;
import io.signalbox.controlplane.store.StoreUnavailable;
import io.signalbox.controlplane.store.TokenStore;
import io.signalbox.controlplane.store.UnreadablePrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the database, brings its schema up to date and loads the config. */
final class DatabaseStart {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private DatabaseStart() {}

    /** @param wait how long to try again while the database does not answer */
    static Config load(Database database, ConfigStore store, Duration wait) throws StartFailed {
        long giveUp = System.nanoTime() + wait.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                database.migrate();
                return store.load();
            } catch (StoreUnavailable e) {
                String reason = StartFailed.innermost(e);
                if (System.nanoTime() + pause.toNanos() > giveUp) {
                    throw new StartFailed("No database after " + wait.toSeconds() + " s: " + reason, e);
                }
                LOG.warn("Waiting for the database: {}", reason);
            } catch (UnreadablePrivateKey e) {
                throw new StartFailed(String.valueOf(e.getMessage()), e);
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** All tokens there are, to the day. */
    static Tokens tokens(List<Token> configured, TokenStore store, InstantSource time) throws StartFailed {
        Tokens tokens =
                new Tokens(configured.stream().map(Token::toConfigured).toList(), store, time, new SecureRandom());
        try {
            tokens.refresh();
            return tokens;
        } catch (StoreUnavailable e) {
            throw new StartFailed("The tokens cannot be read: " + StartFailed.innermost(e), e);
        }
    }

    private static void sleep(Duration pause) throws StartFailed {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed("Interrupted while waiting for the database", e);
        }
    }
}
