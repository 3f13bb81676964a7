package io.signalbox.cli.quickstart;

import java.io.PrintWriter;

/** What to type next. */
record Guide(LocalStack stack, Shop shop) {
    void print(PrintWriter out) {
        for (Plane plane : shop.planes()) {
            out.printf("%n%s, port %d:%n", plane.title(), plane.edge().getPort());
            curl(out, plane, "", "/api/recommendations");
            curl(out, plane, "-X POST", "/api/checkout");
            curl(out, plane, "-A 'iPhone Mobile'", "/");
            curl(out, plane, "-H 'Accept: application/vnd.api+json;version=2'", "/api/orders");
            curl(out, plane, "-b experiment=new_checkout", "/checkout");
            curl(out, plane, "-b canary=true", "/payment");
        }
        out.printf("%nThe control plane, in another terminal:%n");
        out.printf("  export SIGNALBOX_URL=%s SIGNALBOX_TOKEN=%s%n", stack.rest(), stack.token());
        out.println("  bin/signalbox nodes");
        out.println("  bin/signalbox export --kind route");
        out.println("  curl -s -H \"Authorization: Bearer $SIGNALBOX_TOKEN\" $SIGNALBOX_URL/api/v1/routes/payment");
        out.printf("%nHalf of the payments to the new version, served by both planes a few milliseconds later:%n");
        out.println("  curl -s -X PATCH -H \"Authorization: Bearer $SIGNALBOX_TOKEN\" -H 'If-Match: *' \\");
        out.println("    -H 'Content-Type: application/merge-patch+json' $SIGNALBOX_URL/api/v1/routes/payment -d \\");
        out.println("    '{\"spec\":{\"action\":{\"forward\":{\"pools\":[{\"pool\":\"payment-v1\",\"weight\":50},"
                + "{\"pool\":\"payment-v2\",\"weight\":50}]}}}}'");
        out.printf("%nCtrl-C ends everything and leaves nothing behind.%n");
        out.flush();
    }

    private void curl(PrintWriter out, Plane plane, String options, String path) {
        int port = plane.edge().getPort();
        out.printf(
                "  curl -s --cacert %s --resolve %s:%d:127.0.0.1 %s%shttps://%s:%d%s%n",
                stack.authorityFile(),
                EdgeRequest.HOST,
                port,
                options,
                options.isEmpty() ? "" : " ",
                EdgeRequest.HOST,
                port,
                path);
    }
}
