package io.signalbox.benchmarks;

import io.signalbox.benchmarks.Fleet.Proxy;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Somebody who keeps the cookies that answers set and brings them back. One thread at a time. */
final class SimulatedUser {
    /** One user in so many is a program. */
    private static final int USERS_FOR_A_PROGRAM = 10;

    private final CookieJar jar;
    private final SplittableRandom dice;

    private SimulatedUser(CookieJar jar, long seed) {
        this.jar = jar;
        this.dice = new SplittableRandom(seed);
    }

    /** So many people with browsers, and programs among them. Their dice differ. */
    static List<SimulatedUser> crowd(long seed, int users) {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<SimulatedUser> crowd = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            boolean program = i % USERS_FOR_A_PROGRAM == USERS_FOR_A_PROGRAM - 1;
            CookieJar jar = program ? new CookieJar.OfJdk() : new CookieJar.OfBrowser(InstantSource.system());
            crowd.add(new SimulatedUser(jar, seeds.nextLong()));
        }
        return crowd;
    }

    /** Takes a cookie from elsewhere: {@code canary=true}. */
    SimulatedUser take(String cookie) throws IOException {
        jar.keep(uri("/"), List.of(cookie + "; Path=/"));
        return this;
    }

    /**
     * Asks once.
     *
     * @return the name of the server that answered, or the status when it was not 200 or no server's
     */
    String ask(RawConnection connection, String path) throws IOException {
        URI uri = uri(path);
        Optional<String> cookies = jar.forRequest(uri);
        RawRequest request = RawRequest.get(BenchStack.HOST, path);
        RawResponse response = connection.send(
                cookies.map(text -> request.with("Cookie", text)).orElse(request));
        List<String> set = response.headers("set-cookie");
        if (!set.isEmpty()) {
            jar.keep(uri, set);
        }
        String status = "status " + response.status();
        return response.status() == 200 ? response.backend().orElse(status) : status;
    }

    private static URI uri(String path) {
        return URI.create("http://" + BenchStack.HOST + path);
    }

    /** All proxies in an order by chance. */
    List<Proxy> anyOrder() {
        Proxy[] order = Proxy.values();
        for (int i = order.length - 1; i > 0; i--) {
            int other = dice.nextInt(i + 1);
            Proxy moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
        return Arrays.asList(order);
    }

    /** A proxy by chance. */
    Proxy anyProxy() {
        return Proxy.values()[dice.nextInt(Proxy.values().length)];
    }
}
