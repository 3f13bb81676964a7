package io.signalbox.controlplane.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.access.Scope;
import io.signalbox.controlplane.authentication.Authentication.Accepted;
import io.signalbox.controlplane.authentication.Authentication.Rejected;
import io.signalbox.controlplane.authentication.Authentication.Unknowable;
import io.signalbox.controlplane.authentication.Authentication.WithoutRole;
import io.signalbox.controlplane.authentication.OidcConfig.Grant;
import io.signalbox.testkit.FakeClock;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OidcTest {
    private static final Scope PAYMENTS = new Scope(Optional.of("team=payments"), Optional.of("pay.test"));
    private static final Principal ALICE = new Principal("corp:alice", Role.EDITOR, PAYMENTS);

    private final MockIssuer issuer = MockIssuer.start();
    private final FakeClock clock = new FakeClock();
    private final Oidc oidc = new Oidc(config(issuer.uri()), clock);

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static OidcConfig config(URI issuer) {
        return new OidcConfig(
                issuer,
                MockIssuer.AUDIENCE,
                "sub",
                "corp",
                List.of(
                        new Grant("groups", Optional.of("platform"), Role.ADMIN, Scope.EVERYTHING),
                        new Grant("groups", Optional.of("payments"), Role.EDITOR, PAYMENTS),
                        new Grant("realm.roles", Optional.of("watch"), Role.VIEWER, Scope.EVERYTHING)));
    }

    private Instant now() {
        return clock.instant();
    }

    private static JWTClaimsSet.Builder payments(JWTClaimsSet.Builder claims) {
        return claims.claim("groups", List.of("all", "payments"));
    }

    private Authentication of(UnaryOperator<JWTClaimsSet.Builder> change) {
        return oidc.authenticate(issuer.jwt(now(), change));
    }

    @Test
    void theFirstGrantThatFitsDecides() {
        assertThat(of(OidcTest::payments)).isEqualTo(new Accepted(ALICE));
        assertThat(of(claims -> claims.claim("groups", List.of("payments", "platform"))))
                .isEqualTo(new Accepted(new Principal("corp:alice", Role.ADMIN, Scope.EVERYTHING)));
        assertThat(of(claims -> claims.claim("realm", Map.of("roles", List.of("watch")))))
                .isEqualTo(new Accepted(new Principal("corp:alice", Role.VIEWER, Scope.EVERYTHING)));
        assertThat(of(claims -> claims.claim("groups", "payments"))).isEqualTo(new Accepted(ALICE));
        assertThat(of(claims -> claims.claim("groups", List.of("payments-2"))))
                .isEqualTo(new WithoutRole("corp:alice"));
        assertThat(of(claims -> claims)).isEqualTo(new WithoutRole("corp:alice"));
        assertThat(issuer.fetches()).as("the keys are kept").isEqualTo(1);
    }

    @Test
    void aClaimThatIsNotTrueLetsNobodyIn() {
        assertThat(of(claims -> payments(claims).issuer("https://other.example.com")))
                .isEqualTo(new Rejected());
        assertThat(of(claims -> payments(claims).audience("another-api"))).isEqualTo(new Rejected());
        assertThat(of(claims -> payments(claims).audience(List.of("another-api", MockIssuer.AUDIENCE))))
                .isEqualTo(new Accepted(ALICE));
        assertThat(of(claims -> payments(claims).audience((String) null))).isEqualTo(new Rejected());
        assertThat(of(claims -> payments(claims).expirationTime(Date.from(now().minusSeconds(31)))))
                .isEqualTo(new Rejected());
        assertThat(of(claims -> payments(claims).expirationTime(Date.from(now().minusSeconds(5)))))
                .as("clocks differ")
                .isEqualTo(new Accepted(ALICE));
        assertThat(of(claims -> payments(claims).expirationTime(null))).isEqualTo(new Rejected());
        assertThat(of(claims -> payments(claims).notBeforeTime(Date.from(now().plusSeconds(60)))))
                .isEqualTo(new Rejected());
        assertThat(of(claims -> payments(claims).subject(null))).isEqualTo(new Rejected());
        assertThat(of(claims -> payments(claims).subject("two\nlines"))).isEqualTo(new Rejected());
    }

    @Test
    void aSignatureThatIsNotTheIssuersLetsNobodyIn() {
        JWTClaimsSet claims = issuer.claims(now(), OidcTest::payments);
        String good = MockIssuer.sign(issuer.key(), JOSEObjectType.JWT, claims);
        assertThat(oidc.authenticate(good)).isEqualTo(new Accepted(ALICE));

        assertThat(oidc.authenticate(issuer.signedWithPublicKey(claims))).isEqualTo(new Rejected());
        assertThat(oidc.authenticate(new PlainJWT(new PlainHeader(), claims).serialize()))
                .isEqualTo(new Rejected());
        assertThat(oidc.authenticate(MockIssuer.sign(MockIssuer.newKey("first"), JOSEObjectType.JWT, claims)))
                .as("another key of the same name")
                .isEqualTo(new Rejected());
        assertThat(oidc.authenticate(good.substring(0, good.length() - 4) + "AAAA"))
                .isEqualTo(new Rejected());
        assertThat(oidc.authenticate(good.substring(0, good.lastIndexOf('.') + 1)))
                .isEqualTo(new Rejected());
        assertThat(oidc.authenticate(MockIssuer.sign(issuer.key(), new JOSEObjectType("logout+jwt"), claims)))
                .as("a JWT for something else")
                .isEqualTo(new Rejected());
        assertThat(oidc.authenticate(MockIssuer.sign(issuer.key(), new JOSEObjectType("at+jwt"), claims)))
                .isEqualTo(new Accepted(ALICE));
        assertThat(oidc.authenticate("ey.ey.ey")).isEqualTo(new Rejected());
    }

    @Test
    void aNewKeyIsFetchedAndUnknownOnesAreNotAskedForAgainAndAgain() {
        assertThat(of(OidcTest::payments)).isEqualTo(new Accepted(ALICE));
        issuer.rotate("second");
        assertThat(of(OidcTest::payments)).isEqualTo(new Accepted(ALICE));
        int fetches = issuer.fetches();

        String unknown = MockIssuer.sign(
                MockIssuer.newKey("unknown"), JOSEObjectType.JWT, issuer.claims(now(), OidcTest::payments));
        for (int i = 0; i < 100; i++) {
            assertThat(oidc.authenticate(unknown)).isEqualTo(new Rejected());
        }
        assertThat(issuer.fetches() - fetches).isLessThanOrEqualTo(2);
        assertThat(of(OidcTest::payments)).isEqualTo(new Accepted(ALICE));
    }

    @Test
    void anIssuerThatIsAwaySaysNothingAboutAnybody() {
        String jwt = issuer.jwt(now(), OidcTest::payments);
        issuer.breakDown();
        for (int i = 0; i < 5; i++) {
            assertThat(oidc.authenticate(jwt)).isInstanceOf(Unknowable.class);
        }
        issuer.close();
        assertThat(oidc.authenticate(jwt)).isInstanceOf(Unknowable.class);
    }

    @Test
    void keysOutliveTheirIssuer() {
        assertThat(of(OidcTest::payments)).isEqualTo(new Accepted(ALICE));
        issuer.breakDown();
        assertThat(of(OidcTest::payments)).isEqualTo(new Accepted(ALICE));
    }
}
