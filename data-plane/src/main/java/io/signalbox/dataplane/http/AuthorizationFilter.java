package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.signalbox.dataplane.config.FilterConfig;
import io.signalbox.dataplane.http.Question.Answer;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.routing.Decision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets pass only requests that another server says yes to. Requests that no route takes are not asked about. Envoy: {@code
 * envoy.filters.http.ext_authz} with an HTTP service.
 */
final class AuthorizationFilter implements StreamFilter {
    private static final int OK = 200;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final String REASON = "UAEX";

    private final FilterConfig.Authorization config;
    private final FilterContext context;
    private @Nullable Question question;
    private @Nullable HttpHeaders permission;
    /** Whether the question is just being asked: an answer that comes at once needs not let the request go. */
    private boolean asking;

    private boolean passed;

    AuthorizationFilter(FilterConfig.Authorization config, FilterContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public Next requestHead(RequestHead head, boolean bodiless) {
        Decision decision = context.decision();
        if (decision instanceof Decision.NoRoute || decision instanceof Decision.NoVirtualHost) {
            return Next.CONTINUE;
        }
        asking = true;
        ask(head);
        asking = false;
        return passed ? Next.CONTINUE : Next.WAIT;
    }

    private void ask(RequestHead head) {
        @Nullable Cluster cluster = context.snapshot().clusters().get(config.cluster());
        Optional<Host> host = cluster == null ? Optional.empty() : cluster.pick(OptionalLong.empty());
        // Envoy reads the answer to CONNECT as the beginning of a tunnel, and so never gets to its end.
        if (host.isEmpty() || head.verb().equals(HttpMethod.CONNECT)) {
            answered(Optional.empty());
            return;
        }
        question = new Question(this::answered);
        question.ask(context, host.get(), AuthorizationRequest.head(config, head), config.timeout());
    }

    /** @param answer empty if none came */
    private void answered(Optional<Answer> answer) {
        question = null;
        if (answer.isEmpty() || answer.get().status() >= FIRST_SERVER_ERROR) {
            failed();
        } else if (answer.get().status() == OK) {
            permission = answer.get().headers();
            tellServer(permission, context.request().headers());
            pass();
        } else {
            deny(answer.get());
        }
    }

    private void failed() {
        if (config.failOpen()) {
            pass();
        } else {
            context.reply(LocalReply.of(config.statusOnError()).because(REASON));
        }
    }

    private void pass() {
        passed = true;
        if (!asking) {
            context.proceed();
        }
    }

    private void deny(Answer answer) {
        context.reply(LocalReply.bytes(answer.status(), answer.body())
                .with(answer.headers())
                .because(REASON));
    }

    /** Of a repeated header the last line counts. */
    private void tellServer(HttpHeaders from, HttpHeaders to) {
        for (String name : config.upstreamHeaders()) {
            List<String> lines = from.getAll(name);
            if (!lines.isEmpty()) {
                to.set(name, lines.get(lines.size() - 1));
            }
        }
    }

    @Override
    public void responseHead(ResponseHead head) {
        if (permission != null) {
            for (String name : config.clientHeaders()) {
                head.headers().add(name, permission.getAll(name));
            }
        }
    }

    @Override
    public void ended() {
        if (question != null) {
            question.cancel();
            question = null;
        }
    }
}
