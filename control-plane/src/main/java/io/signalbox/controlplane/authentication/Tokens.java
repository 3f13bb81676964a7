package io.signalbox.controlplane.authentication;

import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.store.StoreUnavailable;
import io.signalbox.controlplane.store.StoredToken;
import io.signalbox.controlplane.store.TokenRows;
import io.signalbox.controlplane.store.TokenStore;
import io.signalbox.controlplane.store.TokenStore.Act;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tokens, those of the configuration and those of the database. Any thread.
 *
 * <p>Requests are answered from memory. What this process does to tokens holds at once, what other replicas do holds from
 * the next {@link #refresh} on. While the database is away, what was known last holds; expiry needs no database.
 */
public final class Tokens implements Authenticator {
    /** Comparing one takes some ten nanoseconds, and every request compares all. */
    public static final int MOST = 5_000;

    private final List<ConfiguredToken> configured;
    private final TokenStore store;
    private final InstantSource time;
    private final SecureRandom random;
    private volatile TokenRows known = new TokenRows(-1, List.of());

    public Tokens(List<ConfiguredToken> configured, TokenStore store, InstantSource time, SecureRandom random) {
        this.configured = List.copyOf(configured);
        this.store = store;
        this.time = time;
        this.random = random;
    }

    /** A token and, for the only time, its secret. */
    public record Created(StoredToken token, Secret secret) {}

    @Override
    public Authentication authenticate(String token) {
        byte[] digest = new Secret(token).digest();
        Optional<Principal> found = Optional.empty();
        // To the end, also after a hit: the time says nothing about which one it was.
        for (ConfiguredToken each : configured) {
            if (MessageDigest.isEqual(each.digest(), digest)) {
                found = Optional.of(each.principal());
            }
        }
        Instant now = time.instant();
        for (TokenRows.Row each : known.rows()) {
            if (MessageDigest.isEqual(each.digest(), digest) && !each.token().isExpired(now)) {
                found = Optional.of(each.token().principal());
            }
        }
        return found.<Authentication>map(Authentication.Accepted::new).orElseGet(Authentication.Rejected::new);
    }

    /**
     * Takes in what was done to tokens since.
     *
     * @throws StoreUnavailable when the database does not answer
     */
    public void refresh() {
        store.loadIfNewer(known.n()).ifPresent(this::advance);
    }

    private synchronized void advance(TokenRows rows) {
        if (rows.n() > known.n()) {
            known = rows;
        }
    }

    /** Those of the database, by name. */
    public List<StoredToken> list() {
        return known.rows().stream()
                .map(TokenRows.Row::token)
                .sorted(Comparator.comparing(StoredToken::name))
                .toList();
    }

    public Optional<StoredToken> find(String name) {
        return list().stream().filter(token -> token.name().equals(name)).findFirst();
    }

    /** Whether the configuration or Signalbox itself goes by that name, so that no other token may. */
    public boolean isReserved(String name) {
        return name.equals(Principal.SIGNALBOX.name())
                || configured.stream().anyMatch(each -> each.principal().name().equals(name));
    }

    /** Whether there is any token to come in with. */
    public boolean isEmpty() {
        return configured.isEmpty() && known.rows().isEmpty();
    }

    /**
     * @return empty when there is a token of that name
     * @throws StoreUnavailable also when it may have been made nevertheless: nobody knows its secret then
     */
    public Optional<Created> create(
            Principal principal, Optional<Instant> expiresAt, String author, Optional<String> reason) {
        Secret secret = Secret.create(random);
        Optional<StoredToken> token = store.create(principal, secret.digest(), expiresAt, act(author, reason));
        token.ifPresent(made -> holdsAtOnce(() -> add(new TokenRows.Row(made, secret.digest()))));
        return token.map(made -> new Created(made, secret));
    }

    /**
     * @return false when it is not there any more
     * @throws StoreUnavailable also when it may have been revoked nevertheless
     */
    public boolean revoke(StoredToken token, String author, Optional<String> reason) {
        boolean revoked = store.revoke(token, act(author, reason));
        if (revoked) {
            holdsAtOnce(() -> remove(token));
        }
        return revoked;
    }

    /** What was done is done; when the database goes away right after it, it is to hold here nevertheless. */
    private void holdsAtOnce(Runnable inMemory) {
        try {
            refresh();
        } catch (StoreUnavailable e) {
            inMemory.run();
        }
    }

    private synchronized void add(TokenRows.Row row) {
        known = new TokenRows(
                known.n(), Stream.concat(known.rows().stream(), Stream.of(row)).toList());
    }

    private synchronized void remove(StoredToken token) {
        known = new TokenRows(
                known.n(),
                known.rows().stream().filter(row -> !row.token().equals(token)).toList());
    }

    private Act act(String author, Optional<String> reason) {
        return new Act(author, reason, time.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
