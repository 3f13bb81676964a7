package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Change;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ControlPlaneProcess;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.LocalProcessException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The control plane is killed with -9 while it writes; what that is to proxies. DurabilityTest looks at the history. */
class KilledControlPlaneTest {
    private static final int KILLS = 2;
    private static final int WRITES_BEFORE_KILL = 15;

    @Test
    void losesNoAnsweredChangeLeavesNoneHalfDoneAndProxiesServeOn() throws Exception {
        try (ControlPlaneProcess controlPlane = ControlPlaneProcess.start();
                Proxies proxies = Proxies.start(controlPlane.xds());
                EchoBackend backend = EchoBackend.start("stable")) {
            ApiClient api = controlPlane.api();
            api.put("listeners", "edge", Specs.listener(proxies.listenerPort()), Expect.ABSENT);
            api.put("pools", "stable", Specs.pool(backend), Expect.ABSENT);
            api.put("routes", "stable", Specs.forward("/stable", "stable"), Expect.ABSENT);
            long revision = api.changeSet("first", pair(0, Expect.ABSENT), "").revision();
            proxies.awaitConnected(api);
            proxies.awaitAcknowledged(api, revision);
            proxies.awaitAnswers("/stable", answer -> answer.status() == 200);

            AtomicInteger answered = new AtomicInteger();
            try (SteadyTraffic traffic = SteadyTraffic.start(proxies.clients(), "/stable")) {
                for (int kill = 0; kill < KILLS; kill++) {
                    killWhileWriting(controlPlane, answered);
                    long before = traffic.requests();
                    Awaitility.await().atMost(Proxies.PATIENCE).until(() -> traffic.requests() > before + 100);
                    controlPlane.restart();
                    checkPair(api, answered);
                }
                long last = api.changeSet("last", pair(answered.incrementAndGet(), Expect.PRESENT), "")
                        .revision();
                proxies.awaitAcknowledged(api, last);
                proxies.awaitAnswers("/pair/a", answer -> answer.text().equals("n" + answered.get()));
                assertThat(traffic.failures()).isEmpty();
            }
        }
    }

    /** Two routes that always change together. */
    private static List<Change> pair(int number, Expect expect) {
        return List.of(
                new Change("route", "a", expect, Optional.of(Specs.respond("/pair/a", "n" + number)), Map.of()),
                new Change("route", "b", expect, Optional.of(Specs.respond("/pair/b", "n" + number)), Map.of()));
    }

    private static void killWhileWriting(ControlPlaneProcess controlPlane, AtomicInteger answered) throws Exception {
        int goal = answered.get() + WRITES_BEFORE_KILL;
        Thread writer = new Thread(() -> writeUntilDead(controlPlane.api(), answered), "writer");
        writer.start();
        Awaitility.await().atMost(Proxies.PATIENCE).until(() -> answered.get() >= goal);
        controlPlane.kill9();
        writer.join();
    }

    private static void writeUntilDead(ApiClient api, AtomicInteger answered) {
        try {
            while (true) {
                int next = answered.get() + 1;
                api.changeSet("write " + next, pair(next, Expect.PRESENT), "");
                answered.set(next);
            }
        } catch (LocalProcessException e) {
            // Killed. Whether this last write was done is open.
        }
    }

    private static void checkPair(ApiClient api, AtomicInteger answered) {
        String a = body(api.get("routes", "a").body());
        String b = body(api.get("routes", "b").body());
        assertThat(a).isEqualTo(b);
        // What was answered is there; the one that was under way may be.
        assertThat(a).isIn("n" + answered.get(), "n" + (answered.get() + 1));
        answered.set(Integer.parseInt(a.substring(1)));
    }

    private static String body(JsonNode route) {
        return route.at("/spec/action/respond/body").asText();
    }
}
