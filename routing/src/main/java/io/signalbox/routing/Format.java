package io.signalbox.routing;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
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

    /** What is not known is nothing. */
    sealed interface Part {
        String text(FormatContext context);
    }

    record Text(String text) implements Part {
        @Override
        public String text(FormatContext context) {
            return text;
        }
    }

    /** The first line of a header, or of another one where that is missing. */
    record RequestHeader(HeaderName name, Optional<HeaderName> otherwise) implements Part {
        @Override
        public String text(FormatContext context) {
            @Nullable String value = name.first(context.request());
            if (value == null && otherwise.isPresent()) {
                value = otherwise.get().first(context.request());
            }
            return value == null ? "" : value;
        }
    }

    record ResponseHeader(String name, Optional<String> otherwise) implements Part {
        @Override
        public String text(FormatContext context) {
            List<String> lines = context.responseHeaders(name);
            if (lines.isEmpty() && otherwise.isPresent()) {
                lines = context.responseHeaders(otherwise.get());
            }
            return lines.isEmpty() ? "" : lines.get(0);
        }
    }

    /** The first characters of something. */
    record Shortened(Part part, int length) implements Part {
        @Override
        public String text(FormatContext context) {
            String text = part.text(context);
            return text.length() <= length ? text : text.substring(0, length);
        }
    }

    record StartTime(DateTimeFormatter formatter) implements Part {
        @Override
        public String text(FormatContext context) {
            return formatter.withLocale(Locale.ROOT).format(context.startTime().atOffset(ZoneOffset.UTC));
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
