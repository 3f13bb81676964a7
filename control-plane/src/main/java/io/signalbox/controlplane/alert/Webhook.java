package io.signalbox.controlplane.alert;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where alerts go.
 *
 * @param name what logs call it, and the database, which knows by it what it has been told
 * @param url may be as secret as {@code secrets}, as with many chat systems; it is not printed either
 * @param authors whose revisions it hears of
 * @param secrets what each request is signed with: one, or two while it is being changed
 */
public record Webhook(String name, URI url, Authors authors, List<SigningSecret> secrets) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int MOST_SECRETS = 2;

    /** @throws IllegalArgumentException for what it cannot be; the message tells no secret */
    public Webhook {
        secrets = List.copyOf(secrets);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name " + name + " (expected: 1 to 63 of a-z, 0-9 and -, neither first nor last a -)");
        } else if (!Set.of("http", "https").contains(String.valueOf(url.getScheme()))
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "url (expected: an http or https URL with a host, no user, no fragment)");
        } else if (secrets.isEmpty() || secrets.size() > MOST_SECRETS) {
            throw new IllegalArgumentException("secret (expected: one, or two while it is being changed)");
        }
    }

    /** Whose revisions. */
    public enum Authors {
        /** What the server does by itself. */
        SIGNALBOX,
        /** That and what people do. */
        ALL
    }

    @Override
    public String toString() {
        return "Webhook[" + name + "]";
    }
}
