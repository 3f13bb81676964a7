package io.signalbox.routing;

/** A condition on one value. Where case is ignored the configured text is in lower case. */
sealed interface StringMatch {
    boolean matches(String value);

    record Exact(String text) implements StringMatch {
        @Override
        public boolean matches(String value) {
            return value.equals(text);
        }
    }

    record ExactIgnoringCase(String text) implements StringMatch {
        @Override
        public boolean matches(String value) {
            return value.length() == text.length() && Ascii.hasIgnoringCase(value, 0, text);
        }
    }

    record Prefix(String text) implements StringMatch {
        @Override
        public boolean matches(String value) {
            return value.startsWith(text);
        }
    }

    record PrefixIgnoringCase(String text) implements StringMatch {
        @Override
        public boolean matches(String value) {
            return Ascii.hasIgnoringCase(value, 0, text);
        }
    }

    record Suffix(String text) implements StringMatch {
        @Override
        public boolean matches(String value) {
            return value.endsWith(text);
        }
    }

    record SuffixIgnoringCase(String text) implements StringMatch {
        @Override
        public boolean matches(String value) {
            return Ascii.hasIgnoringCase(value, value.length() - text.length(), text);
        }
    }

    record Contains(String text) implements StringMatch {
        @Override
        public boolean matches(String value) {
            return value.contains(text);
        }
    }

    record ContainsIgnoringCase(String text) implements StringMatch {
        @Override
        public boolean matches(String value) {
            return Ascii.containsIgnoringCase(value, text);
        }
    }

    record Matching(Regex regex) implements StringMatch {
        @Override
        public boolean matches(String value) {
            return regex.matches(value);
        }
    }

    /** An integer in base 10 with an optional sign, in [start, end). */
    record Range(long start, long end) implements StringMatch {
        @Override
        public boolean matches(String value) {
            try {
                long number = Long.parseLong(value);
                return number >= start && number < end;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }

    /** Any value, the empty one included. */
    record Anything() implements StringMatch {
        @Override
        public boolean matches(String value) {
            return true;
        }
    }
}
