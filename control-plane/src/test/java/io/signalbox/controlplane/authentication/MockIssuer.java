package io.signalbox.controlplane.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An OpenID provider on a port of this machine, with a real key that it can change. */
public final class MockIssuer implements AutoCloseable {
    public static final String AUDIENCE = "signalbox";

    private final HttpServer server;
    private final URI uri;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile RSAKey key = newKey("first");
    private volatile boolean broken;

    private MockIssuer(HttpServer server) {
        this.server = server;
        this.uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public static MockIssuer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            MockIssuer issuer = new MockIssuer(server);
            server.createContext("/.well-known/openid-configuration", issuer::discovery);
            server.createContext("/keys", issuer::keys);
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return uri;
    }

    /** How often the keys were asked for. */
    int fetches() {
        return fetches.get();
    }

    void rotate(String keyId) {
        key = newKey(keyId);
    }

    /** Answers 500 from now on. */
    void breakDown() {
        broken = true;
    }

    RSAKey key() {
        return key;
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A good JWT of alice, but for what the change does to it. */
    public String jwt(Instant now, UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(key, JOSEObjectType.JWT, claims(now, change));
    }

    JWTClaimsSet claims(Instant now, UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(uri().toString())
                        .audience(AUDIENCE)
                        .subject("alice")
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300))))
                .build();
    }

    static String sign(RSAKey with, JOSEObjectType type, JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(type)
                            .keyID(with.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new RSASSASigner(with));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The old attack: the public key as the secret of a symmetric algorithm. */
    String signedWithPublicKey(JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new MACSigner(key.toPublicJWK().toRSAPublicKey().getEncoded()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void discovery(HttpExchange exchange) throws IOException {
        answer(exchange, "{\"issuer\":\"" + uri() + "\",\"jwks_uri\":\"" + uri() + "/keys\"}");
    }

    private void keys(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        answer(exchange, new JWKSet(key.toPublicJWK()).toString());
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(broken ? 500 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
