package org.deadletteroffice.rabbitmq;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy of HTTP's `CONNECT`, which alone knows where `broker.internal` is.
final class TunnelProxy implements Closeable {
    static final String HIDDEN = "broker.internal";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    TunnelProxy() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /// Which host and port each tunnel was asked for.
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> tunnel(client));
            }
        } catch (IOException closed) {
            open.forEach(TunnelProxy::shut);
        }
    }

    private void tunnel(Socket client) {
        try {
            var target = line(client.getInputStream()).split(" ")[1];
            while (!line(client.getInputStream()).isEmpty()) {
                // A header that does not matter here.
            }
            asked.add(target);
            var colon = target.lastIndexOf(':');
            var broker =
                    new Socket(
                            target.substring(0, colon).replace(HIDDEN, "127.0.0.1"),
                            Integer.parseInt(target.substring(colon + 1)));
            open.add(broker);
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread.ofVirtual().start(() -> pump(broker, client));
            pump(client, broker);
        } catch (IOException down) {
            shut(client);
        }
    }

    /// Byte by byte: what follows belongs to the tunnel.
    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // Both ends go together.
        } finally {
            shut(from);
            shut(to);
        }
    }

    private static void shut(Socket one) {
        try {
            one.close();
        } catch (IOException gone) {
            System.getLogger(TunnelProxy.class.getName())
                    .log(System.Logger.Level.DEBUG, "was closed already", gone);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
