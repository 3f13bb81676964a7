package io.signalbox.dataplane.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.TreeMap;

/** The pages, shaped like Envoy's where a program may read them. No page ever holds a secret. */
final class AdminPages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AdminView view;

    AdminPages(AdminView view) {
        this.view = view;
    }

    record Page(int status, String contentType, String text) {
        static Page text(int status, String text) {
            return new Page(status, "text/plain; charset=UTF-8", text);
        }

        static Page json(ObjectNode body) {
            return new Page(200, "application/json", body.toPrettyString() + "\n");
        }
    }

    /** @param query after the question mark; empty for none */
    Optional<Page> find(String path, String query) {
        return switch (path) {
            case "/ready" ->
                Optional.of(view.isServing() ? Page.text(200, "LIVE\n") : Page.text(503, "PRE_INITIALIZING\n"));
            case "/clusters" -> Optional.of(clusters());
            case "/listeners" -> Optional.of(query.equals("format=json") ? listenersJson() : listeners());
            case "/config_dump" -> Optional.of(configDump());
            case "/server_info" -> Optional.of(serverInfo());
            default -> Optional.empty();
        };
    }

    private Page clusters() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(view.snapshot().clusters()).forEach((name, cluster) -> {
            text.append(name).append("::observability_name::").append(name).append('\n');
            cluster.hosts()
                    .forEach(host -> text.append(name)
                            .append("::")
                            .append(address(host.address()))
                            .append("::rq_active::")
                            .append(host.activeRequests())
                            .append('\n'));
        });
        return Page.text(200, text.toString());
    }

    private Page listeners() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(view.listeners())
                .forEach((name, address) ->
                        text.append(name).append("::").append(address(address)).append('\n'));
        return Page.text(200, text.toString());
    }

    private Page listenersJson() {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode statuses = root.putArray("listener_statuses");
        new TreeMap<>(view.listeners()).forEach((name, address) -> {
            ObjectNode status = statuses.addObject();
            status.put("name", name);
            status.putObject("local_address")
                    .putObject("socket_address")
                    .put("address", NetUtil.toAddressString(address.getAddress()))
                    .put("port_value", address.getPort());
        });
        return Page.json(root);
    }

    private Page configDump() {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode configs = root.putArray("configs");
        new TreeMap<>(view.versions()).forEach((typeUrl, versions) -> {
            ObjectNode type = configs.addObject();
            type.put("type_url", typeUrl);
            ArrayNode resources = type.putArray("resources");
            new TreeMap<>(versions)
                    .forEach((name, version) ->
                            resources.addObject().put("name", name).put("version_info", version));
        });
        return Page.json(root);
    }

    private Page serverInfo() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "signalbox");
        root.put("state", view.isServing() ? "LIVE" : "PRE_INITIALIZING");
        return Page.json(root);
    }

    private static String address(InetSocketAddress address) {
        return NetUtil.toSocketAddressString(address);
    }
}
