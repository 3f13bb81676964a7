package io.signalbox.dataplane.config;

/** A way to compress bodies. {@code level} is how hard, by the numbers of the format's own library. */
public record Encoding(Algorithm algorithm, int level) {
    /** By what. */
    public enum Algorithm {
        BROTLI("br"),
        GZIP("gzip"),
        ZSTD("zstd");

        private final String token;

        Algorithm(String token) {
            this.token = token;
        }

        /** In {@code accept-encoding} and {@code content-encoding}. */
        public String token() {
            return token;
        }
    }

    public String token() {
        return algorithm.token();
    }
}
