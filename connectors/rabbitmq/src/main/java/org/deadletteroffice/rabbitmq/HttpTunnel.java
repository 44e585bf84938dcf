package org.deadletteroffice.rabbitmq;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A way through an HTTP proxy, by `CONNECT` (RFC 9110, 9.3.6). The JDK's own ends in an
/// InternalError where the proxy refuses, and sends a password only where the whole process allows
/// it.
final class HttpTunnel {
    private static final int WANTS_PASSWORD = 407;

    private static final int LONGEST_HEAD = 16 << 10;

    private HttpTunnel() {}

    /// @param proxy connected to it; leads to the target afterwards
    /// @param authorization what the proxy is told of who asks; null: nothing
    /// @throws ProxyFailure when the proxy does not open the way
    static void open(Socket proxy, String host, int port, @Nullable String authorization)
            throws IOException {
        var target = (host.contains(":") ? '[' + host + ']' : host) + ':' + port;
        var ask =
                "CONNECT "
                        + target
                        + " HTTP/1.1\r\nHost: "
                        + target
                        + (authorization == null ? "" : "\r\nProxy-Authorization: " + authorization)
                        + "\r\n\r\n";
        var out = proxy.getOutputStream();
        out.write(ask.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        var status = status(head(proxy.getInputStream(), proxy.getSoTimeout()));
        if (status / 100 != 2) {
            throw refused(status);
        }
    }

    static ProxyFailure refused(int status) {
        return new ProxyFailure(
                wantsPassword(status) ? ProxyFailure.Kind.SIGN_IN : ProxyFailure.Kind.NO_WAY,
                "answered " + status);
    }

    static boolean wantsPassword(int status) {
        return status == WANTS_PASSWORD;
    }

    /// Byte by byte: what follows is the target's already.
    ///
    /// @param millis for all of it
    private static String head(InputStream in, int millis) throws IOException {
        var began = System.nanoTime();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            var next = in.read();
            if (next < 0 || head.length() == LONGEST_HEAD) {
                throw new IOException("the proxy's answer has no end");
            }
            head.append((char) next);
            if (System.nanoTime() - began > Duration.ofMillis(millis).toNanos()) {
                throw new SocketTimeoutException("the proxy does not come to an end");
            }
        }
        return head.toString();
    }

    private static int status(String head) throws IOException {
        if (!head.matches("(?s)HTTP/1\\.\\d \\d{3}[ \r].*")) {
            throw new IOException("the proxy speaks no HTTP");
        }
        return Integer.parseInt(head, 9, 12, 10);
    }
}
