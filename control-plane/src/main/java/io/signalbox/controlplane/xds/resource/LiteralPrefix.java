package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.model.PathTemplate;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.xds.resource.RegexToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The text that every path a condition matches starts with. It may be shorter than it could be, and empty when nothing is
 * certain; a route found by a shorter text is still found.
 *
 * <p>Holds neither {@code ?} nor {@code #}, so it says the same about a path with its query string as about the path
 * alone.
 *
 * @param ignoreCase whether the paths may have it in another case
 */
record LiteralPrefix(String text, boolean ignoreCase) {

    static LiteralPrefix of(PathMatch path) {
        if (path instanceof PathMatch.Exact exact) {
            return new LiteralPrefix(upToQuery(exact.path()), exact.ignoreCase());
        } else if (path instanceof PathMatch.Prefix prefix) {
            return new LiteralPrefix(upToQuery(prefix.prefix()), prefix.ignoreCase());
        } else if (path instanceof PathMatch.RawPrefix prefix) {
            return new LiteralPrefix(upToQuery(prefix.prefix()), prefix.ignoreCase());
        } else if (path instanceof PathMatch.Template template) {
            return new LiteralPrefix(PathTemplate.parse(template.template()).start(), false);
        }
        PathMatch.Regex regex = (PathMatch.Regex) path;
        return new LiteralPrefix(ofRegex(regex.regex()), regex.ignoreCase());
    }

    /** The part of it that every path has in this spelling: where case is ignored, what comes before the first letter. */
    String certain() {
        if (!ignoreCase) {
            return text;
        }
        int end = 0;
        while (end < text.length() && !Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    private static String upToQuery(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '?' || path.charAt(i) == '#') {
                return path.substring(0, i);
            }
        }
        return path;
    }

    /** @param regex a valid RE2 expression that has to match the whole path */
    static String ofRegex(String regex) {
        List<RegexToken> tokens = RegexToken.allOf(regex);
        List<Integer> alternatives = startsOfAlternatives(tokens);
        if (alternatives.size() > 1 && tokens.stream().anyMatch(t -> t.is(Kind.FLAGS))) {
            return ""; // a flag set in one alternative holds on in the next
        }
        String common = literalStart(tokens, 0);
        for (int start : alternatives) {
            common = TreeKeys.commonStart(common, literalStart(tokens, start));
        }
        return common;
    }

    private static List<Integer> startsOfAlternatives(List<RegexToken> tokens) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            RegexToken token = tokens.get(i);
            if (token.is(Kind.OPEN)) {
                depth++;
            } else if (token.is(Kind.CLOSE)) {
                depth--;
            } else if (token.is(Kind.OR) && depth == 0) {
                starts.add(i + 1);
            }
        }
        return starts;
    }

    /** The literal characters from a token on, up to the first thing that is anything else. */
    private static String literalStart(List<RegexToken> tokens, int start) {
        StringBuilder literal = new StringBuilder();
        int i = start;
        while (i < tokens.size() && tokens.get(i).is(Kind.START)) {
            i++;
        }
        while (i < tokens.size() && isPlain(tokens.get(i))) {
            literal.append((char) tokens.get(i++).character());
        }
        if (mayComeNoTimes(tokens.subList(i, tokens.size())) && !literal.isEmpty()) {
            literal.setLength(literal.length() - 1);
        }
        return literal.toString();
    }

    /** @param next what follows a character; a repetition reaches over flags to what stands before them */
    private static boolean mayComeNoTimes(List<RegexToken> next) {
        StringBuilder repetitions = new StringBuilder();
        for (RegexToken token : next) {
            if (token.is(Kind.REPEAT)) {
                repetitions.append(token.text());
            } else if (!token.is(Kind.FLAGS)) {
                break;
            }
        }
        return !repetitions.isEmpty() && !repetitions.toString().equals("+");
    }

    /** Visible ASCII, of which nobody doubts how it is encoded, without the ends of a path. */
    private static boolean isPlain(RegexToken token) {
        int c = token.character();
        return c > ' ' && c < 0x7f && c != '?' && c != '#';
    }
}
