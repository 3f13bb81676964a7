package io.signalbox.routing;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The value of a header that is added: text, and what is known of the request in Envoy's {@code %…%} notation. */
record Format(List<Part> parts) {
    Format {
        parts = List.copyOf(parts);
    }

    String text(FormatContext context) {
        if (parts.size() == 1) {
            return parts.get(0).text(context);
        }
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.text(context)));
        return text.toString();
    }

    /** The same for a log, where what is not known is a dash. */
    String line(FormatContext context) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            String found = part.find(context);
            text.append(found == null ? "-" : found);
        }
        return text.toString();
    }

    sealed interface Part {
        /** What is not known is nothing. */
        String text(FormatContext context);

        /** Null when it is not known. */
        default @Nullable String find(FormatContext context) {
            String text = text(context);
            return text.isEmpty() ? null : text;
        }

        /** Whether it is nothing but digits, where it is known. */
        default boolean isNumber() {
            return false;
        }
    }

    record Text(String text) implements Part {
        @Override
        public String text(FormatContext context) {
            return text;
        }

        @Override
        public String find(FormatContext context) {
            return text;
        }
    }

    /** The first line of a header, or of another one where that is missing. */
    record RequestHeader(HeaderName name, Optional<HeaderName> otherwise) implements Part {
        @Override
        public String text(FormatContext context) {
            return Objects.requireNonNullElse(find(context), "");
        }

        @Override
        public @Nullable String find(FormatContext context) {
            @Nullable String value = name.first(context.request());
            return value == null && otherwise.isPresent() ? otherwise.get().first(context.request()) : value;
        }
    }

    record ResponseHeader(String name, Optional<String> otherwise) implements Part {
        @Override
        public String text(FormatContext context) {
            return Objects.requireNonNullElse(find(context), "");
        }

        @Override
        public @Nullable String find(FormatContext context) {
            List<String> lines = context.responseHeaders(name);
            if (lines.isEmpty() && otherwise.isPresent()) {
                lines = context.responseHeaders(otherwise.get());
            }
            return lines.isEmpty() ? null : lines.get(0);
        }
    }

    /** The first characters of something. */
    record Shortened(Part part, int length) implements Part {
        @Override
        public String text(FormatContext context) {
            return shorten(part.text(context));
        }

        @Override
        public @Nullable String find(FormatContext context) {
            String found = part.find(context);
            return found == null ? null : shorten(found);
        }

        private String shorten(String text) {
            return text.length() <= length ? text : text.substring(0, length);
        }
    }

    record StartTime(DateTimeFormatter formatter) implements Part {
        @Override
        public String text(FormatContext context) {
            return formatter.withLocale(Locale.ROOT).format(context.startTime().atOffset(ZoneOffset.UTC));
        }
    }

    /** What only a log knows, as it is written when all is over. */
    enum OfLog implements Part {
        BYTES_RECEIVED {
            @Override
            public String text(FormatContext context) {
                return Long.toString(context.outcome().bytesReceived());
            }
        },
        BYTES_SENT {
            @Override
            public String text(FormatContext context) {
                return Long.toString(context.outcome().bytesSent());
            }
        },
        DURATION {
            @Override
            public String text(FormatContext context) {
                return Long.toString(context.outcome().duration().toMillis());
            }
        },
        RESPONSE_CODE {
            @Override
            public String text(FormatContext context) {
                return Integer.toString(context.outcome().status());
            }
        },
        RESPONSE_FLAGS {
            @Override
            public String text(FormatContext context) {
                return context.outcome().flags();
            }

            @Override
            public boolean isNumber() {
                return false;
            }
        },
        UPSTREAM_HOST {
            @Override
            public String text(FormatContext context) {
                return context.outcome().upstreamHost();
            }

            @Override
            public boolean isNumber() {
                return false;
            }
        };

        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /** What has no arguments. */
    enum Known implements Part {
        PROTOCOL {
            @Override
            public String text(FormatContext context) {
                return context.protocol();
            }
        },
        DOWNSTREAM_REMOTE_ADDRESS {
            @Override
            public String text(FormatContext context) {
                return context.request().connection().remoteAddress();
            }
        },
        DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT {
            @Override
            public String text(FormatContext context) {
                return Addresses.withoutPort(context.request().connection().remoteAddress());
            }
        },
        DOWNSTREAM_REMOTE_PORT {
            @Override
            public String text(FormatContext context) {
                return Addresses.port(context.request().connection().remoteAddress());
            }

            @Override
            public boolean isNumber() {
                return true;
            }
        },
        DOWNSTREAM_DIRECT_REMOTE_ADDRESS {
            @Override
            public String text(FormatContext context) {
                return context.request().connection().directRemoteAddress();
            }
        },
        DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT {
            @Override
            public String text(FormatContext context) {
                return Addresses.withoutPort(context.request().connection().directRemoteAddress());
            }
        },
        DOWNSTREAM_LOCAL_ADDRESS {
            @Override
            public String text(FormatContext context) {
                return context.request().connection().localAddress();
            }
        },
        DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT {
            @Override
            public String text(FormatContext context) {
                return Addresses.withoutPort(context.request().connection().localAddress());
            }
        },
        DOWNSTREAM_LOCAL_PORT {
            @Override
            public String text(FormatContext context) {
                return Addresses.port(context.request().connection().localAddress());
            }

            @Override
            public boolean isNumber() {
                return true;
            }
        },
        DOWNSTREAM_PEER_SUBJECT {
            @Override
            public String text(FormatContext context) {
                return context.request().connection().ofCertificate(CertificateFact.SUBJECT);
            }
        },
        DOWNSTREAM_PEER_FINGERPRINT_256 {
            @Override
            public String text(FormatContext context) {
                return context.request().connection().ofCertificate(CertificateFact.FINGERPRINT);
            }
        },
        DOWNSTREAM_PEER_URI_SAN {
            @Override
            public String text(FormatContext context) {
                return context.request().connection().ofCertificate(CertificateFact.URIS);
            }
        },
        DOWNSTREAM_PEER_DNS_SAN {
            @Override
            public String text(FormatContext context) {
                return context.request().connection().ofCertificate(CertificateFact.DNS_NAMES);
            }
        },
        REQUESTED_SERVER_NAME {
            @Override
            public String text(FormatContext context) {
                return context.request().connection().requestedServerName();
            }
        },
        ROUTE_NAME {
            @Override
            public String text(FormatContext context) {
                return context.routeName();
            }
        },
        UPSTREAM_CLUSTER {
            @Override
            public String text(FormatContext context) {
                return context.upstreamCluster();
            }
        },
        VIRTUAL_CLUSTER_NAME {
            @Override
            public String text(FormatContext context) {
                return context.virtualCluster();
            }
        }
    }
}
