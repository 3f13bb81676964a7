package io.signalbox.controlplane.xds.serve;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.EncodedResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Encodes each response once for all streams that are sent the same, as long as it is current. Any thread.
 */
final class ResponseCache {
    /** Bounds what subscriptions that all differ may cost while nothing is published. */
    private static final int MAX_BODIES = 1024;

    private record Key(
            boolean delta, ResourceType type, String version, List<EncodedResource> resources, List<String> removed) {}

    private final Map<Key, ByteString> bodies = new ConcurrentHashMap<>();

    EncodedResponse encode(boolean delta, Push push) {
        if (bodies.size() > MAX_BODIES) {
            bodies.clear();
        }
        Key key = new Key(delta, push.type(), push.version(), push.resources(), push.removed());
        ByteString body = bodies.computeIfAbsent(key, delta ? ResponseCache::deltaBody : ResponseCache::sotwBody);
        return new EncodedResponse(body, push.nonce());
    }

    /** To be called when there is something newer. */
    void clear() {
        bodies.clear();
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static ByteString bytes(Fields fields) {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteString();
    }

    /** {@code envoy.service.discovery.v3.DiscoveryResponse}. */
    private static ByteString sotwBody(Key key) {
        return bytes(out -> {
            out.writeString(1, key.version());
            for (EncodedResource resource : key.resources()) {
                out.writeRawBytes(resource.field());
            }
            out.writeString(4, key.type().typeUrl());
        });
    }

    /** {@code envoy.service.discovery.v3.DeltaDiscoveryResponse}. */
    private static ByteString deltaBody(Key key) {
        return bytes(out -> {
            out.writeString(1, key.version());
            for (EncodedResource resource : key.resources()) {
                writeDeltaResource(out, resource);
            }
            out.writeString(4, key.type().typeUrl());
            for (String name : key.removed()) {
                out.writeString(6, name);
            }
        });
    }

    /** {@code envoy.service.discovery.v3.Resource}, whose field 2 comes ready encoded. */
    private static void writeDeltaResource(CodedOutputStream out, EncodedResource resource) throws IOException {
        int size = CodedOutputStream.computeStringSize(1, resource.version())
                + resource.field().size()
                + CodedOutputStream.computeStringSize(3, resource.name());
        out.writeTag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
        out.writeString(1, resource.version());
        out.writeRawBytes(resource.field());
        out.writeString(3, resource.name());
    }
}
