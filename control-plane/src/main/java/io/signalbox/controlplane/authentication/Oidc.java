package io.signalbox.controlplane.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.signalbox.controlplane.access.Principal;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JWTs of one issuer (RFC 7519; the rules of RFC 8725). Any thread.
 *
 * <p>The keys are kept and fetched anew when they are old or a JWT names one that is not among them, though not more often
 * than the rate says. While the issuer does not answer, the keys there are stay good for a time; without any, nothing can
 * be said of a JWT. Whoever has to wait for the issuer waits two seconds at most, and only some may wait at a time, so that the
 * rest of the API has its threads.
 */
final class Oidc implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(Oidc.class);

    /** Asymmetric ones only: with a symmetric one, whoever knows the issuer's public key could sign. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Duration KEYS_ARE_FRESH = Duration.ofMinutes(5);
    private static final Duration KEYS_OUTLIVE_ISSUER = Duration.ofHours(4);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int CLOCKS_DIFFER_SECONDS = 30;
    private static final int AT_A_TIME = 16;

    /** RFC 7519 leaves the name open; here it goes into the history and into messages. */
    private static final Pattern NAME = Pattern.compile("[!-~]{1,200}");

    private final OidcConfig config;
    private final IssuerKeys keys;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final Semaphore permits = new Semaphore(AT_A_TIME);

    Oidc(OidcConfig config, InstantSource time) {
        this.config = config;
        this.keys = new IssuerKeys(config.issuer());
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(keys)
                .cache(KEYS_ARE_FRESH.toMillis(), LONGEST_WAIT.toMillis())
                .refreshAheadCache(false)
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .outageTolerant(KEYS_OUTLIVE_ISSUER.toMillis())
                .build();
        // RFC 9068 gives access tokens a type of their own.
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
        processor.setJWTClaimsSetVerifier(claims(config, time));
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claims(OidcConfig config, InstantSource time) {
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(
                        config.audience(),
                        new JWTClaimsSet.Builder()
                                .issuer(config.issuer().toString())
                                .build(),
                        Set.of("exp", config.nameClaim())) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(time.instant());
                    }
                };
        verifier.setMaxClockSkew(CLOCKS_DIFFER_SECONDS);
        return verifier;
    }

    @Override
    public Authentication authenticate(String token) {
        Optional<SignedJWT> jwt = parse(token).filter(this::claimsOurIssuer);
        if (jwt.isEmpty()) {
            return new Authentication.Rejected();
        } else if (!permits.tryAcquire()) {
            return new Authentication.Unknowable("too many tokens wait for their issuer");
        }
        try {
            return principal(processor.process(jwt.get(), null));
        } catch (BadJOSEException | ParseException e) {
            LOG.debug("A JWT is not taken: {}", e.getMessage());
            return new Authentication.Rejected();
        } catch (RateLimitReachedException e) {
            return keys.areKnown() ? new Authentication.Rejected() : unknowable();
        } catch (JOSEException e) {
            LOG.warn("JWTs cannot be verified: {}", e.getMessage());
            return unknowable();
        } finally {
            permits.release();
        }
    }

    private static Optional<SignedJWT> parse(String token) {
        try {
            return Optional.of(SignedJWT.parse(token));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** A look before anything is verified, to ask no issuer about what it did not make. */
    private boolean claimsOurIssuer(SignedJWT jwt) {
        try {
            return config.issuer().toString().equals(jwt.getJWTClaimsSet().getIssuer());
        } catch (ParseException e) {
            return false;
        }
    }

    private static Authentication unknowable() {
        return new Authentication.Unknowable("the issuer of the token does not answer");
    }

    private Authentication principal(JWTClaimsSet claims) throws ParseException {
        String called = claims.getStringClaim(config.nameClaim());
        if (called == null || !NAME.matcher(called).matches()) {
            return new Authentication.Rejected();
        }
        String name = config.prefix() + ":" + called;
        return config.grants().stream()
                .filter(grant -> Claims.fit(claims.getClaims(), grant.claim(), grant.value()))
                .findFirst()
                .<Authentication>map(
                        grant -> new Authentication.Accepted(new Principal(name, grant.role(), grant.scope())))
                .orElseGet(() -> new Authentication.WithoutRole(name));
    }
}
