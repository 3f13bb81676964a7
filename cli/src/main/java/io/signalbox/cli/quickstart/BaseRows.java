package io.signalbox.cli.quickstart;

import static io.signalbox.cli.quickstart.Check.backendsLearnOfTls;
import static io.signalbox.cli.quickstart.Check.misses;
import static io.signalbox.cli.quickstart.Check.reaches;
import static io.signalbox.cli.quickstart.Check.spreads;
import static io.signalbox.cli.quickstart.EdgeRequest.get;
import static io.signalbox.cli.quickstart.EdgeRequest.post;

import java.util.List;
import java.util.Optional;

/** The rows of the base scenario, in the order in which they are walked. */
final class BaseRows {
    private static final String IPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1";
    private static final String DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    private static final String VERSION = "application/vnd.api+json;version=";

    private BaseRows() {}

    static List<Row> all() {
        return List.of(
                tls(),
                api(),
                services(),
                devices(),
                apiVersions(),
                countries(),
                new LeastRequestRow(),
                new RotationRow(),
                new CanaryRow(),
                AutomaticCanaryRow.succeeds("invoices"),
                AutomaticCanaryRow.failsHalfway("returns"),
                experiment());
    }

    private static Row tls() {
        Check handshake = Check.of("the shop's certificate is served", client -> {
            String subject = client.certificate().getSubjectX500Principal().getName();
            return subject.contains(EdgeRequest.HOST) ? Optional.empty() : Optional.of(subject);
        });
        // A handshake checks chain and name against the quickstart's authority; without routes the answer is 404.
        return new FileRow(
                "TLS termination", "edge.yaml", client -> client.send(get("/")).status() == 404, List.of(handshake));
    }

    private static Row api() {
        return new FileRow(
                "path + method, round robin",
                "api.yaml",
                served(get("/api/recommendations"), "recommendations"),
                List.of(
                        reaches(get("/api/recommendations"), "recommendations"),
                        reaches(get("/api/recommendations?limit=3"), "recommendations"),
                        reaches(post("/api/checkout"), "checkout-api"),
                        reaches(get("/api/user/profile"), "user-profile"),
                        reaches(get("/static/avatar.jpg"), "static"),
                        misses(post("/api/recommendations"), "recommendations"),
                        misses(get("/api/recommendations/7"), "recommendations"),
                        misses(get("/api/checkout"), "checkout-api"),
                        spreads(get("/api/recommendations"), 3),
                        spreads(post("/api/checkout"), 2),
                        spreads(get("/api/user/profile"), 4),
                        backendsLearnOfTls(get("/api/user/profile"))));
    }

    private static Row services() {
        return new FileRow(
                "four services on one domain",
                "services.yaml",
                served(get("/products"), "products"),
                List.of(
                        reaches(get("/products"), "products"),
                        reaches(get("/products/42?colour=red"), "products"),
                        reaches(get("/cart"), "cart"),
                        reaches(post("/cart/items"), "cart"),
                        reaches(get("/checkout"), "checkout"),
                        reaches(get("/reviews/42"), "reviews"),
                        misses(get("/productsx"), "products")));
    }

    private static Row devices() {
        return new FileRow(
                "header User-Agent",
                "devices.yaml",
                served(get("/").with("user-agent", IPHONE), "home-mobile"),
                List.of(
                        reaches(get("/").with("user-agent", IPHONE), "home-mobile"),
                        reaches(get("/").with("user-agent", DESKTOP), "home-desktop"),
                        reaches(get("/"), "home-desktop"),
                        reaches(get("/products").with("user-agent", IPHONE), "products")));
    }

    private static Row apiVersions() {
        return new FileRow(
                "header Accept",
                "api-versions.yaml",
                served(get("/api/orders").with("accept", VERSION + "2"), "orders-v2"),
                List.of(
                        reaches(get("/api/orders").with("accept", VERSION + "1"), "orders-v1"),
                        reaches(get("/api/orders").with("accept", VERSION + "2"), "orders-v2"),
                        reaches(get("/api/orders/7").with("accept", VERSION + "2, */*;q=0.1"), "orders-v2"),
                        reaches(get("/api/orders"), "orders-v1")));
    }

    private static Row countries() {
        return new FileRow(
                "header X-Country-Code",
                "countries.yaml",
                served(get("/deals").with("x-country-code", "IN"), "deals-in"),
                List.of(
                        reaches(get("/deals").with("x-country-code", "IN"), "deals-in"),
                        reaches(get("/deals/today").with("X-Country-Code", "US"), "deals-us"),
                        reaches(get("/deals").with("x-country-code", "FR"), "deals-world"),
                        reaches(get("/deals"), "deals-world")));
    }

    private static Row experiment() {
        return new FileRow(
                "A/B by cookie",
                "experiment.yaml",
                served(get("/checkout").with("cookie", "experiment=new_checkout"), "checkout-b"),
                List.of(
                        reaches(get("/checkout").with("cookie", "experiment=new_checkout"), "checkout-b"),
                        reaches(get("/checkout/pay").with("cookie", "a=b; experiment=new_checkout; c=d"), "checkout-b"),
                        reaches(get("/checkout").with("cookie", "experiment=control"), "checkout"),
                        reaches(get("/checkout").with("cookie", "experiment=new_checkout2"), "checkout"),
                        reaches(get("/checkout"), "checkout")));
    }

    private static Probe.Question served(EdgeRequest request, String pool) {
        return client -> client.send(request).pool().equals(pool);
    }
}
