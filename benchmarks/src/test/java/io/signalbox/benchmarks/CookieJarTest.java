package io.signalbox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.testkit.FakeClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CookieJarTest {
    private static final URI SHOP = URI.create("http://bench.example.com/shop/cart");

    private final FakeClock clock = new FakeClock();
    private final CookieJar browser = new CookieJar.OfBrowser(clock);

    @Test
    void aBrowserSendsWhatItWasToldToKeep() throws Exception {
        browser.keep(SHOP, List.of("canary-shop=37; Path=/; Max-Age=60; SameSite=Lax", "b=2; Path=/"));
        assertThat(browser.forRequest(SHOP)).contains("canary-shop=37; b=2");
        browser.keep(SHOP, List.of("canary-shop=38; Path=/; Max-Age=60; SameSite=Lax"));
        assertThat(browser.forRequest(SHOP)).contains("canary-shop=38; b=2");
    }

    @Test
    void aBrowserForgetsInTime() throws Exception {
        browser.keep(SHOP, List.of("a=1; Path=/; Max-Age=60", "b=2; Path=/"));
        clock.advance(Duration.ofSeconds(59));
        assertThat(browser.forRequest(SHOP)).contains("a=1; b=2");
        clock.advance(Duration.ofSeconds(1));
        assertThat(browser.forRequest(SHOP)).contains("b=2");
        browser.keep(SHOP, List.of("b=2; Path=/; Max-Age=0"));
        assertThat(browser.forRequest(SHOP)).isEmpty();
    }

    @Test
    void aBrowserLooksAtThePath() throws Exception {
        browser.keep(SHOP, List.of("named=1; Path=/shop", "own=2"));
        assertThat(browser.forRequest(SHOP)).contains("own=2; named=1");
        assertThat(browser.forRequest(SHOP.resolve("/shop"))).contains("own=2; named=1");
        assertThat(browser.forRequest(SHOP.resolve("/shopping"))).isEmpty();
        assertThat(browser.forRequest(SHOP.resolve("/"))).isEmpty();
    }

    @Test
    void theJdkPutsWhatHasAnAgeInQuotes() throws Exception {
        CookieJar jdk = new CookieJar.OfJdk();
        assertThat(jdk.forRequest(SHOP)).isEmpty();
        jdk.keep(SHOP, List.of("canary-shop=37; Path=/; Max-Age=60; SameSite=Lax"));
        assertThat(jdk.forRequest(SHOP))
                .contains("$Version=\"1\"; canary-shop=\"37\";$Path=\"/\";$Domain=\"bench.example.com\"");
    }
}
