package io.signalbox.controlplane.xds.publish;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * One xDS resource, encoded once. Immutable; equality is identity, the {@link #version()} tells whether two have the
 * same content.
 */
public final class EncodedResource {
    /** Both {@code DiscoveryResponse.resources} and {@code Resource.resource} have this number, so they share bytes. */
    private static final int FIELD = 2;

    private final String name;
    private final String version;
    private final Message message;
    private final ByteString field;
    private final Set<String> clusters;
    private final long sinceRevision;

    private EncodedResource(
            String name, String version, Message message, ByteString field, Set<String> clusters, long sinceRevision) {
        this.name = name;
        this.version = version;
        this.message = message;
        this.field = field;
        this.clusters = clusters;
        this.sinceRevision = sinceRevision;
    }

    static EncodedResource encode(
            String typeUrl, String name, Message message, Set<String> clusters, long sinceRevision) {
        byte[] content = deterministicBytes(message);
        return new EncodedResource(
                name, Hash.of(content), message, anyField(typeUrl, content), Set.copyOf(clusters), sinceRevision);
    }

    /** Map entries go in key order, so that equal messages have equal bytes in every JVM. */
    private static byte[] deterministicBytes(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to an array", e);
        }
        return bytes;
    }

    private static ByteString anyField(String typeUrl, byte[] content) {
        int anySize =
                CodedOutputStream.computeStringSize(1, typeUrl) + CodedOutputStream.computeByteArraySize(2, content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(anySize + 8);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeTag(FIELD, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(anySize);
            out.writeString(1, typeUrl);
            out.writeByteArray(2, content);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to an array", e);
        }
        return ByteString.copyFrom(bytes.toByteArray());
    }

    public String name() {
        return name;
    }

    /** A hash of the content. */
    public String version() {
        return version;
    }

    public Message message() {
        return message;
    }

    /** The resource as an {@code Any} in field 2: tag, length and content, ready to stand in a response. */
    public ByteString field() {
        return field;
    }

    /** The clusters it sends requests or connections to; empty for all but RouteConfigurations and Listeners. */
    public Set<String> clusters() {
        return clusters;
    }

    /** The revision at which this content appeared. */
    public long sinceRevision() {
        return sinceRevision;
    }

    boolean says(Message other, Set<String> otherClusters) {
        return (message == other || message.equals(other)) && clusters.equals(otherClusters);
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
