package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.local.TestCertificates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request for each operation, which must succeed for whoever may make it, as often as it is made: writes are dry runs. The resources
 * {@code inside} are labelled {@code team=pay}, and their hosts are under {@code pay.test}; those called {@code outside} are not.
 */
final class AccessRows {
    static final String SCOPE = "{\"labelSelector\":\"team=pay\",\"hostSuffix\":\"pay.test\"}";

    static final int REVISIONS = 31;

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, String> outside = new LinkedHashMap<>();
    private final Map<String, String> inside = new LinkedHashMap<>();

    /** @param least the least role that may do it; empty for everybody, also without a token */
    record Row(Optional<Role> least, Ask inside, Optional<Ask> outside) {}

    record Ask(String method, String path, Optional<String> precondition, Optional<String> type, String body) {
        Answer send(TestApi api, Optional<String> authorization) {
            TestApi.Request request = api.anonymous(method, path);
            authorization.ifPresent(value -> request.header("Authorization", value));
            precondition.ifPresent(name -> request.header(name, "*"));
            type.ifPresent(value -> request.header("Content-Type", value).body(body));
            return request.send();
        }
    }

    private static final String CANARY = "{\"stable\":\"a-stable\",\"canary\":\"b-next\"}";
    private static final String EXPERIMENT =
            "{\"hosts\":[\"a.pay.test\"],\"variants\":[{\"name\":\"a\"},{\"name\":\"b\"}]}";

    AccessRows() {
        TestCertificates.Issued issued = TestCertificates.authority().issue("a.pay.test");
        String certificate = "{\"chain\":%s,\"privateKey\":%s}"
                .formatted(TextNode.valueOf(issued.chain()), TextNode.valueOf(issued.privateKey()));
        inside.put("/api/v1/pools/a-stable", body("\"team\":\"pay\"", "{}"));
        inside.put("/api/v1/pools/b-next", body("\"team\":\"pay\"", "{}"));
        kind("pool", "Pool", "{}", "{}");
        kind("certificate", "Certificate", certificate, certificate);
        kind("listener", "Listener", listener(10_001), listener(10_002));
        kind("route", "Route", route("a.pay.test"), route("www.test"));
        kind("virtual-host", "VirtualHost", virtualHost("a.pay.test"), virtualHost("www.test"));
        kind("route-test", "RouteTest", routeTest("none.pay.test"), routeTest("none.test"));
        kinds("canaries", "Canary", "Canaries", CANARY, CANARY);
        kinds("experiments", "Experiment", "Experiments", EXPERIMENT, EXPERIMENT);
        rows.put("startExperiment", operated("/api/v1/experiments/inside:start?dryRun=true"));
        rows.put("stopExperiment", operated("/api/v1/experiments/running:stop?dryRun=true"));
        Map.of(
                        "start",
                        "inside",
                        "advance",
                        "moving",
                        "pause",
                        "moving",
                        "resume",
                        "moving",
                        "promote",
                        "moving",
                        "abort",
                        "moving",
                        "finish",
                        "promoted")
                .forEach((action, canary) -> rows.put(
                        action + "Canary",
                        new Row(Optional.of(Role.OPERATOR), act(canary, action + "?dryRun=true"), Optional.empty())));
        rows.put("getExperimentReport", read("/api/v1/experiments/running/report"));
        rows.put("getCanaryAnalysis", read("/api/v1/canaries/moving/analysis"));
        rows.put("listNodes", read("/api/v1/nodes"));
        rows.put("getPoolLoad", read("/api/v1/pools/a-stable/load"));
        rows.put("listRevisions", read("/api/v1/revisions"));
        rows.put("getRevision", read("/api/v1/revisions/1"));
        rows.put("getPropagation", read("/api/v1/revisions/1/propagation"));
        rows.put("watchEvents", read("/api/v1/events"));
        rows.put("listWarnings", read("/api/v1/warnings"));
        rows.put(
                "explainRequest",
                new Row(
                        Optional.of(Role.VIEWER),
                        post("/api/v1/explain", "{\"host\":\"a.pay.test\"}"),
                        Optional.empty()));
        rows.put("getConfigAtRevision", read("/api/v1/revisions/1/config"));
        rows.put("getConfig", read("/api/v1/config"));
        rows.put(
                "putConfig",
                write(
                        put("/api/v1/config", document("inside", "pay")),
                        put("/api/v1/config", document("outside", "web"))));
        rows.put(
                "applyChangeset",
                new Row(
                        Optional.of(Role.EDITOR),
                        post("/api/v1/changesets?dryRun=true", "{\"changes\":[" + change("inside", "pay") + "]}"),
                        Optional.of(post(
                                "/api/v1/changesets?dryRun=true",
                                "{\"changes\":[" + change("inside", "pay") + "," + change("outside", "web") + "]}"))));
        tokens();
        rows.put("getOpenApiDocument", forEverybody("/openapi.json"));
        rows.put("getOpenApiDocumentAsYaml", forEverybody("/openapi.yaml"));
    }

    Optional<Row> find(String operation) {
        return Optional.ofNullable(rows.get(operation));
    }

    java.util.Set<String> operations() {
        return rows.keySet();
    }

    /**
     * Makes what the requests are about, in {@link #REVISIONS} revisions.
     *
     * @param scoped the secret of an editor with {@link #SCOPE}
     */
    void createResources(TestApi api, String scoped) {
        inside.forEach((path, body) -> created(api.put(path, body)));
        outside.forEach((path, body) -> created(api.put(path, body)));
        api.token("some", "{\"role\":\"viewer\"}");
        int before = inside.size() + outside.size();
        awaitsConfirmation(api.request("PUT", "/api/v1/pools/theirs?confirmWithin=10m"), "web");
        awaitsConfirmation(api.as(scoped, "PUT", "/api/v1/pools/mine?confirmWithin=10m"), "pay");
        rows.put("rollBack", write(rollback(before + 1), rollback(before)));
        rows.put(
                "confirmRevision",
                new Row(Optional.of(Role.OPERATOR), confirm(before + 2), Optional.of(confirm(before + 1))));
        createCanaries(api);
        created(api.put("/api/v1/experiments/running", body("\"team\":\"pay\"", EXPERIMENT)));
        done(api.request("POST", "/api/v1/experiments/running:start").send());
    }

    private static void awaitsConfirmation(TestApi.Request request, String team) {
        created(request.header("If-None-Match", "*")
                .json(body("\"team\":\"" + team + "\"", "{}"))
                .send());
    }

    /** Undoes what came after the revision, which is what it touches. */
    private static Ask rollback(int revision) {
        return new Ask(
                "POST",
                "/api/v1/revisions/" + revision + ":rollback?dryRun=true",
                Optional.of("If-Match"),
                Optional.empty(),
                "");
    }

    private static Ask act(String canary, String action) {
        return new Ask("POST", "/api/v1/canaries/" + canary + ":" + action, Optional.empty(), Optional.empty(), "");
    }

    private static Row operated(String path) {
        return new Row(
                Optional.of(Role.OPERATOR),
                new Ask("POST", path, Optional.empty(), Optional.empty(), ""),
                Optional.empty());
    }

    /** One under way, one promoted. */
    private static void createCanaries(TestApi api) {
        for (String name : List.of("moving", "promoted")) {
            String pools = "\"stable\":\"stable-" + name + "\",\"canary\":\"next-" + name + "\"";
            created(api.put("/api/v1/pools/stable-" + name, body("\"team\":\"pay\"", "{}")));
            created(api.put("/api/v1/pools/next-" + name, body("\"team\":\"pay\"", "{}")));
            created(api.put("/api/v1/canaries/" + name, body("\"team\":\"pay\"", "{" + pools + "}")));
            done(api.request("POST", "/api/v1/canaries/" + name + ":start").send());
        }
        done(api.request("POST", "/api/v1/canaries/promoted:promote").send());
    }

    private static void done(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
    }

    private static Ask confirm(int revision) {
        return new Ask("POST", "/api/v1/revisions/" + revision + ":confirm", Optional.empty(), Optional.empty(), "");
    }

    private static void created(Answer answer) {
        if (answer.status() != 201) {
            throw new AssertionError(answer);
        }
    }

    private void kind(String word, String type, String insideSpec, String outsideSpec) {
        kinds(word + "s", type, type + "s", insideSpec, outsideSpec);
    }

    private void kinds(String words, String type, String types, String insideSpec, String outsideSpec) {
        String list = "/api/v1/" + words;
        inside.put(list + "/inside", body("\"team\":\"pay\"", insideSpec));
        outside.put(list + "/outside", body("\"team\":\"web\"", outsideSpec));
        rows.put("list" + types, read(list));
        rows.put("get" + type, read(list + "/inside"));
        rows.put(
                "put" + type,
                write(
                        put(list + "/inside", body("\"team\":\"pay\",\"x\":\"y\"", insideSpec)),
                        put(list + "/outside", body("\"team\":\"web\",\"x\":\"y\"", outsideSpec))));
        rows.put("patch" + type, write(patch(list + "/inside"), patch(list + "/outside")));
        rows.put("delete" + type, write(delete(list + "/inside"), delete(list + "/outside")));
    }

    private void tokens() {
        rows.put("listTokens", forAdmins(get("/api/v1/tokens")));
        rows.put("getToken", forAdmins(get("/api/v1/tokens/some")));
        rows.put("listTokenEvents", forAdmins(get("/api/v1/token-events")));
        rows.put(
                "createToken",
                forAdmins(new Ask(
                        "PUT",
                        "/api/v1/tokens/another?dryRun=true",
                        Optional.of("If-None-Match"),
                        Optional.of("application/json"),
                        "{\"spec\":{\"role\":\"viewer\"}}")));
        rows.put("revokeToken", forAdmins(delete("/api/v1/tokens/some")));
    }

    private static Row forAdmins(Ask ask) {
        return new Row(Optional.of(Role.ADMIN), ask, Optional.empty());
    }

    private static Row forEverybody(String path) {
        return new Row(Optional.empty(), get(path), Optional.empty());
    }

    private static Row read(String path) {
        return new Row(Optional.of(Role.VIEWER), get(path), Optional.empty());
    }

    private static Row write(Ask inside, Ask outside) {
        return new Row(Optional.of(Role.EDITOR), inside, Optional.of(outside));
    }

    private static Ask get(String path) {
        return new Ask("GET", path, Optional.empty(), Optional.empty(), "");
    }

    private static Ask post(String path, String body) {
        return new Ask("POST", path, Optional.empty(), Optional.of("application/json"), body);
    }

    private static Ask put(String path, String body) {
        return new Ask("PUT", path + "?dryRun=true", Optional.of("If-Match"), Optional.of("application/json"), body);
    }

    private static Ask patch(String path) {
        return new Ask(
                "PATCH",
                path + "?dryRun=true",
                Optional.of("If-Match"),
                Optional.of(MERGE_PATCH),
                "{\"labels\":{\"x\":\"y\"}}");
    }

    private static Ask delete(String path) {
        return new Ask("DELETE", path + "?dryRun=true", Optional.of("If-Match"), Optional.empty(), "");
    }

    private static String body(String labels, String spec) {
        return "{\"labels\":{" + labels + "},\"spec\":" + spec + "}";
    }

    private static String change(String name, String team) {
        return "{\"kind\":\"pool\",\"name\":\"" + name + "\",\"ifMatch\":\"*\",\"labels\":{\"team\":\"" + team
                + "\",\"x\":\"y\"},\"spec\":{}}";
    }

    private static String document(String name, String team) {
        return "{\"resources\":[{\"kind\":\"pool\",\"name\":\"" + name + "\",\"labels\":{\"team\":\"" + team
                + "\",\"x\":\"y\"},\"spec\":{}}]}";
    }

    private static String listener(int port) {
        return "{\"address\":\"127.0.0.1\",\"port\":" + port + ",\"http\":{}}";
    }

    private static String virtualHost(String host) {
        return "{\"hosts\":[\"" + host + "\"]}";
    }

    /** Of a host that no route is for, so that it holds whatever else is there. */
    private static String routeTest(String host) {
        return "{\"request\":{\"host\":\"" + host + "\"},\"expect\":{\"noRoute\":{}}}";
    }

    private static String route(String host) {
        return "{\"hosts\":[\"" + host + "\"],\"action\":{\"respond\":{\"status\":204}}}";
    }
}
