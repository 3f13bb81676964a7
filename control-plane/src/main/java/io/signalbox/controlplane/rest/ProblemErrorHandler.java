package io.signalbox.controlplane.rest;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ErrorHandler;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What Jetty refuses before any resource sees it (broken requests, too large headers) as problems too. */
final class ProblemErrorHandler extends ErrorHandler {
    private static final String METHODS = "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS";
    private static final HttpField TYPE = new HttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() >= 400 ? response.getStatus() : 500;
        String reason = Optional.ofNullable(HttpStatus.getCode(status))
                .map(HttpStatus.Code::getMessage)
                .orElse("Error");
        Problem problem = Problem.of(status, "http-" + status, reason, "The request cannot be served.");
        response.getHeaders().put(TYPE);
        if (status == 405 && !response.getHeaders().contains(HttpHeader.ALLOW)) {
            response.getHeaders().put(HttpHeader.ALLOW, METHODS); // a method that no path has
        }
        response.write(true, ByteBuffer.wrap(Answers.bytes(problem.toJson())), callback);
        return true;
    }
}
