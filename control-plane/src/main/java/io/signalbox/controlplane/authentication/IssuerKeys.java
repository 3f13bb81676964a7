package io.signalbox.controlplane.authentication;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of an issuer, each time anew by its discovery document (OpenID Connect Discovery 1.0, section 4). */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);
    private static final int MOST_BYTES = 256 << 10;

    private final URI issuer;
    private final ResourceRetriever web =
            new DefaultResourceRetriever((int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis(), MOST_BYTES);
    private volatile boolean known;

    IssuerKeys(URI issuer) {
        this.issuer = issuer;
    }

    /** Whether there was an answer at some time. */
    boolean areKnown() {
        return known;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long currentTime, @Nullable SecurityContext context)
            throws KeySourceException {
        try {
            Map<String, Object> discovered =
                    JSONObjectUtils.parse(get(URI.create(withoutSlash() + "/.well-known/openid-configuration")));
            String says = JSONObjectUtils.getString(discovered, "issuer");
            if (!issuer.toString().equals(says)) {
                throw new JWKSetUnavailableException("the issuer calls itself " + says);
            }
            URI keys = JSONObjectUtils.getURI(discovered, "jwks_uri");
            if (keys == null
                    || (!"https".equals(keys.getScheme()) && !keys.getScheme().equals(issuer.getScheme()))) {
                throw new JWKSetUnavailableException("the issuer's jwks_uri is " + keys);
            }
            JWKSet set = JWKSet.parse(get(keys));
            known = true;
            return set;
        } catch (IOException | IllegalArgumentException e) {
            throw new JWKSetUnavailableException("the issuer does not answer: " + e.getMessage(), e);
        } catch (ParseException e) {
            throw new JWKSetParseException("the issuer's answer cannot be read: " + e.getMessage(), e);
        }
    }

    private String get(URI uri) throws IOException {
        return web.retrieveResource(uri.toURL()).getContent();
    }

    private String withoutSlash() {
        String text = issuer.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() {}
}
