package io.signalbox.controlplane.validation;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.signalbox.controlplane.model.PathTemplate;
import io.signalbox.controlplane.model.Rewrite;
import io.signalbox.controlplane.model.Rewrite.Path;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;

final class RewriteRules {
    static final String NO_PREFIX = "no prefix, as the route does not match a path prefix";

    private RewriteRules() {}

    static void check(Rewrite rewrite, PathMatch path, Findings findings) {
        rewrite.host().ifPresent(host -> {
            if (host.from() instanceof Rewrite.HostSource.FromHeader from
                    && from.header().equals("host")) {
                findings.at("host.fromHeader").add("\"host\"", "another header, as this one stays by itself");
            }
        });
        Findings here = findings.at("path");
        rewrite.path().ifPresent(to -> {
            if (to instanceof Path.Prefix prefix) {
                if (!hasPrefix(path)) {
                    here.at("prefix").add(Findings.quote(prefix.prefix()), NO_PREFIX);
                }
            } else if (to instanceof Path.Regex regex) {
                check(regex, here.at("regex"));
            } else if (to instanceof Path.Template template) {
                checkTemplate(template.template(), path, here.at("template"));
            }
        });
    }

    /** Whether there is a part of the path that a prefix could take the place of. */
    static boolean hasPrefix(PathMatch path) {
        return path instanceof PathMatch.Prefix || path instanceof PathMatch.RawPrefix;
    }

    static void check(Path.Regex regex, Findings findings) {
        RegexRules.check(regex.pattern(), findings.at("pattern"));
        int groups;
        try {
            groups = Math.min(9, Pattern.compile(regex.pattern()).groupCount());
        } catch (PatternSyntaxException e) {
            return; // told already
        }
        String text = regex.substitution();
        for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i + 2)) {
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (next != '\\' && (next < '0' || next > '0' + groups)) {
                findings.at("substitution")
                        .add(
                                Findings.quote(text.substring(i, Math.min(i + 2, text.length()))),
                                "a backslash before another one, 0, or the number of a group of the pattern");
            }
        }
    }

    /** Of a template that is none it is told elsewhere. */
    private static void checkTemplate(String template, PathMatch path, Findings findings) {
        if (!(path instanceof PathMatch.Template matched)) {
            findings.add(Findings.quote(template), "no template, as the route does not match one");
        } else if (PathTemplate.problem(matched.template()).isEmpty()) {
            PathTemplate.parse(matched.template())
                    .problemOfRewrite(template)
                    .ifPresent(problem -> findings.add(
                            Findings.quote(template) + ": " + problem,
                            "/ and segments of text and of variables that path.template has"));
        }
    }
}
