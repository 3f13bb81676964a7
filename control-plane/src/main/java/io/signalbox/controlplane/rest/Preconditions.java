package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a write expects, and what a reader has: RFC 9110, section 13. */
final class Preconditions {
    /** A revision that no resource has, for an entity tag that is not one of ours: it never matches. */
    private static final long NONE = -1;

    private static final Pattern ONE_TAG = Pattern.compile("(W/)?\"([!#-~\\x80-\\xff]*)\"");
    private static final Pattern OUR_TAG = Pattern.compile("[1-9][0-9]{0,17}|0");

    private Preconditions() {}

    /** For a write that may create. */
    static Precondition forPut(HttpHeaders headers) {
        Optional<String> ifMatch = header(headers, HttpHeaders.IF_MATCH);
        Optional<String> ifNoneMatch = header(headers, HttpHeaders.IF_NONE_MATCH);
        if (ifMatch.isPresent() && ifNoneMatch.isPresent()) {
            throw wrong(HttpHeaders.IF_NONE_MATCH, ifNoneMatch.get(), "only one of If-Match, If-None-Match");
        }
        return ifNoneMatch
                .map(Preconditions::mustNotExist)
                .or(() -> ifMatch.map(Preconditions::ifMatch))
                .orElseThrow(() -> new ProblemException(required(
                        "Send If-Match with the entity tag of what you read, If-Match: * or If-None-Match: *.")));
    }

    /** For a write to something that exists. */
    static Precondition forExisting(HttpHeaders headers) {
        header(headers, HttpHeaders.IF_NONE_MATCH).ifPresent(value -> {
            throw wrong(HttpHeaders.IF_NONE_MATCH, value, "If-Match in its place");
        });
        return header(headers, HttpHeaders.IF_MATCH)
                .map(Preconditions::ifMatch)
                .orElseThrow(() -> new ProblemException(
                        required("Send If-Match with the entity tag of what you read, or If-Match: *.")));
    }

    /** For what is done to something that exists, and says by itself in which state. */
    static Precondition forAction(HttpHeaders headers) {
        return header(headers, HttpHeaders.IF_MATCH).isPresent() ? forExisting(headers) : new Precondition.MustExist();
    }

    /** @throws ProblemException when what there is is not what is expected */
    static void require(Precondition expected, Resource<?> found) {
        if (!expected.holds(Optional.of(found))) {
            throw new ProblemException(Refusals.preconditionFailed(
                    List.of(new Outcome.Failure(found.key(), Optional.of(found), expected))));
        }
    }

    static Problem required(String detail) {
        return Problem.of(428, "precondition-required", "The write must say what it expects", detail);
    }

    /** The form in change sets: as in the header, or without quotes. The schema has been checked. */
    static Precondition ofChange(String ifMatch) {
        return ifMatch.equals("*") ? new Precondition.MustExist() : revision(ifMatch.replace("\"", ""));
    }

    /** Whether a reader has this revision already. */
    static boolean readerHas(HttpHeaders headers, long revision) {
        return header(headers, HttpHeaders.IF_NONE_MATCH)
                .map(value -> value.strip().equals("*")
                        || List.of(value.split(",")).stream()
                                .map(tag -> ONE_TAG.matcher(tag.strip()))
                                .anyMatch(tag -> tag.matches() && tag.group(2).equals(Long.toString(revision))))
                .orElse(false);
    }

    /** As users write it. */
    static String describe(Precondition precondition) {
        if (precondition instanceof Precondition.Revision revision) {
            return revision.revision() == NONE ? "another entity tag" : Answers.etag(revision.revision());
        }
        return precondition instanceof Precondition.MustExist ? "*" : Found.NOTHING;
    }

    private static Optional<String> header(HttpHeaders headers, String name) {
        return Optional.ofNullable(headers.getHeaderString(name));
    }

    private static Precondition mustNotExist(String value) {
        if (!value.strip().equals("*")) {
            throw wrong(HttpHeaders.IF_NONE_MATCH, value, "*");
        }
        return new Precondition.MustNotExist();
    }

    private static Precondition ifMatch(String value) {
        if (value.strip().equals("*")) {
            return new Precondition.MustExist();
        }
        Matcher tag = ONE_TAG.matcher(value.strip());
        if (!tag.matches()) {
            throw wrong(HttpHeaders.IF_MATCH, value, "one entity tag in double quotes, or *");
        }
        // RFC 9110, section 13.1.1: a weak entity tag never matches.
        return tag.group(1) == null ? revision(tag.group(2)) : new Precondition.Revision(NONE);
    }

    private static Precondition revision(String tag) {
        return new Precondition.Revision(OUR_TAG.matcher(tag).matches() ? Long.parseLong(tag) : NONE);
    }

    private static ProblemException wrong(String header, String value, String expected) {
        return new ProblemException(Problem.invalid(new Violation("header." + header, Found.quote(value), expected)));
    }
}
