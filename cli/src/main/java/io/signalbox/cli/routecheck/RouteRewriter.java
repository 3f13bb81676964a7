package io.signalbox.cli.routecheck;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes all routes within a message, wherever they stand: in a list, or as actions of a matcher tree. */
record RouteRewriter(UnaryOperator<Route> change) {
    <M extends Message> M rewrite(M message) {
        Message.Builder changed = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                rewrite(message, field.getKey(), changed);
            }
        }
        @SuppressWarnings("unchecked") // a builder builds what it was made of
        M rewritten = (M) changed.build();
        return rewritten;
    }

    private void rewrite(Message message, FieldDescriptor field, Message.Builder changed) {
        if (!field.isRepeated()) {
            changed.setField(field, inner((Message) message.getField(field)));
            return;
        }
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            changed.setRepeatedField(field, i, inner((Message) message.getRepeatedField(field, i)));
        }
    }

    private Message inner(Message message) {
        if (message instanceof Route route) {
            return change.apply(route);
        }
        return message instanceof Any any ? packed(any) : rewrite(message);
    }

    private Any packed(Any any) {
        try {
            if (any.is(Route.class)) {
                return Any.pack(change.apply(any.unpack(Route.class)));
            }
            return any.is(RouteList.class) ? Any.pack(rewrite(any.unpack(RouteList.class))) : any;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an Any that was just written", e);
        }
    }
}
