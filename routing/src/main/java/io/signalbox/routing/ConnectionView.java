package io.signalbox.routing;

/**
 * What a decision, a hash policy or a header's format may ask of the connection a request came on, in Envoy's notation:
 * {@code 10.0.0.1:5000}, {@code [::1]:5000}. What is not known is empty.
 */
public interface ConnectionView {
    /** Nothing is known. */
    ConnectionView UNKNOWN = new ConnectionView() {};

    /** The client's address with port, after trusted hops were taken into account. */
    default String remoteAddress() {
        return "";
    }

    /** The address of whoever opened the connection. */
    default String directRemoteAddress() {
        return remoteAddress();
    }

    /** The address with port the connection was accepted on. */
    default String localAddress() {
        return "";
    }

    /** Of the certificate that the client showed. */
    default String ofCertificate(CertificateFact fact) {
        return "";
    }

    /** The server name (SNI) the client asked for. */
    default String requestedServerName() {
        return "";
    }
}
