package io.signalbox.controlplane.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what nobody has read of a request before it is answered. A request may be answered by its head alone, as when it has
 * no token; the server then ends the connection if the body is not there yet, and a client that was not told so sends its
 * next request over it, in vain. Where there is too much to read it is told.
 */
public final class UnreadBody implements ContainerResponseFilter {
    private static final String EXPECT = "Expect";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean sends = request.getHeaderString(EXPECT) == null; // else the server knows that nobody may be sending
        if (sends && !isReadToItsEnd(request.getEntityStream())) {
            response.getHeaders().putSingle("Connection", "close");
        }
    }

    private static boolean isReadToItsEnd(InputStream body) {
        byte[] buffer = new byte[1 << 13];
        try {
            int total = 0;
            for (int read = 0; read >= 0 && total <= RequestBody.LARGEST; read = body.read(buffer)) {
                total += read;
            }
            return total <= RequestBody.LARGEST;
        } catch (IOException e) {
            return false; // It ended before its end, or was not a body at all.
        }
    }
}
