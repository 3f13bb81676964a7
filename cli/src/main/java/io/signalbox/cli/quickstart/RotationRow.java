package io.signalbox.cli.quickstart;

import io.signalbox.cli.files.ResourceDocument;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.local.TestCertificates.Issued;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The certificate is replaced while clients keep connections open and other clients open new ones: no request fails, no
 * connection is closed, and new ones get the new certificate.
 */
final class RotationRow implements Row {
    private static final EdgeRequest REQUEST = EdgeRequest.get("/products");
    private static final int CLIENTS = 2;
    private static final int REQUESTS_AFTER = 200;

    @Override
    public String title() {
        return "certificate rotation under traffic";
    }

    private record Clients(Traffic keepAlive, Traffic reconnecting) {}

    @Override
    public Findings run(Shop shop) throws IOException, InterruptedException {
        Findings findings = new Findings(title());
        Map<Plane, Clients> clients = new LinkedHashMap<>();
        for (Plane plane : shop.planes()) {
            clients.put(
                    plane,
                    new Clients(
                            Traffic.start(plane, REQUEST, CLIENTS, true),
                            Traffic.start(plane, REQUEST, CLIENTS, false)));
        }
        for (Clients of : clients.values()) {
            of.keepAlive().sample(20);
        }
        Issued renewed = shop.authority().issue(EdgeRequest.HOST);
        BigInteger serial = renewed.certificate().getSerialNumber();
        shop.applyAndProbe(List.of(certificate(shop, renewed)), client -> servesSerial(client, serial), findings);
        for (Map.Entry<Plane, Clients> entry : clients.entrySet()) {
            entry.getValue().keepAlive().sample(REQUESTS_AFTER);
            entry.getValue().keepAlive().close();
            entry.getValue().reconnecting().close();
            judge(entry.getKey(), entry.getValue(), findings);
        }
        return findings;
    }

    private static boolean servesSerial(EdgeClient client, BigInteger serial) throws IOException {
        client.close();
        return client.certificate().getSerialNumber().equals(serial);
    }

    private static ResourceDocument certificate(Shop shop, Issued issued) {
        ResourceDocument current = shop.scenario().of("edge.yaml").stream()
                .filter(document -> document.kind() == Kind.CERTIFICATE)
                .findFirst()
                .orElseThrow();
        current.spec().put("chain", issued.chain()).put("privateKey", issued.privateKey());
        return current;
    }

    private static void judge(Plane plane, Clients clients, Findings findings) {
        List<String> failures = new ArrayList<>(clients.keepAlive().failures());
        failures.addAll(clients.reconnecting().failures());
        long requests = clients.keepAlive().requests() + clients.reconnecting().requests();
        findings.add(
                plane,
                "no request fails",
                failures.isEmpty()
                        ? Optional.empty()
                        : Optional.of(failures.size() + " of " + requests + " failed, first: " + failures.get(0)));
        int connects = clients.keepAlive().connects();
        findings.add(
                plane,
                "open connections stay open",
                connects == CLIENTS
                        ? Optional.empty()
                        : Optional.of(CLIENTS + " clients connected " + connects + " times"));
    }
}
