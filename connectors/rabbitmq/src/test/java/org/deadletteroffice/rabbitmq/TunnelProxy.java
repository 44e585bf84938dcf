package org.deadletteroffice.rabbitmq;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deadletteroffice.spi.profile.Secret;
import org.jspecify.annotations.Nullable;

/// A proxy of HTTP (tunnels by `CONNECT`, requests as they come) or of SOCKS 5 (RFC 1928, sign-in
/// by RFC 1929), which alone knows where `broker.internal` is.
final class TunnelProxy implements Closeable {
    static final String HIDDEN = "broker.internal";

    enum Kind {
        HTTP,
        SOCKS
    }

    private final Kind kind;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final @Nullable User wanted;
    private final Map<String, String> elsewhere = new ConcurrentHashMap<>();

    /// Without whom nobody gets through.
    record User(String name, String password) {
        String header() {
            return "Proxy-Authorization: " + SignIn.basic(name, new Secret(password));
        }
    }

    TunnelProxy(Kind kind) throws IOException {
        this(kind, null);
    }

    /// @param wanted null: everybody gets through
    TunnelProxy(Kind kind, @Nullable User wanted) throws IOException {
        this.kind = kind;
        this.wanted = wanted;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return kind.name().toLowerCase(Locale.ROOT) + "://127.0.0.1:" + server.getLocalPort();
    }

    /// Who asks for this host and port from now on gets to another.
    void lead(String from, String to) {
        elsewhere.put(from, to);
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
            var asks =
                    kind == Kind.HTTP
                            ? http(client.getInputStream())
                            : socks(client.getInputStream(), client.getOutputStream());
            var target = asks.target();
            if (wanted != null && kind == Kind.HTTP && !asks.says(wanted.header())) {
                client.getOutputStream()
                        .write(
                                ascii(
                                        "HTTP/1.1 407 Who asks?\r\nProxy-Authenticate: Basic"
                                                + " realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n"));
                shut(client);
                return;
            }
            asked.add(target);
            var there = elsewhere.getOrDefault(target, target);
            var colon = there.lastIndexOf(':');
            var host = there.substring(0, colon).replace(HIDDEN, "127.0.0.1");
            var broker = broker(host, Integer.parseInt(there.substring(colon + 1)));
            if (broker == null) {
                client.getOutputStream().write(asks.nobody());
                shut(client);
                return;
            }
            open.add(broker);
            broker.getOutputStream().write(asks.forward());
            client.getOutputStream().write(asks.answer());
            Thread.ofVirtual().start(() -> pump(broker, client));
            pump(client, broker);
        } catch (IOException down) {
            shut(client);
        }
    }

    private static @Nullable Socket broker(String host, int port) {
        try {
            return new Socket(host, port);
        } catch (IOException nobody) {
            return null;
        }
    }

    /// @param head the lines in which it was asked for; empty for SOCKS
    /// @param forward what the target is to read
    /// @param answer what the client is told when the target is there
    /// @param nobody what it is told else
    private record Asks(String target, String head, byte[] forward, byte[] answer, byte[] nobody) {
        boolean says(String line) {
            return head.lines().anyMatch(line::equals);
        }
    }

    private static Asks http(InputStream in) throws IOException {
        var head = new StringBuilder();
        var first = line(in);
        head.append(first).append("\r\n");
        String next;
        do {
            next = line(in);
            head.append(next).append("\r\n");
        } while (!next.isEmpty());
        var words = first.split(" ");
        var nobody = ascii("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        return words[0].equals("CONNECT")
                ? new Asks(
                        words[1],
                        head.toString(),
                        new byte[0],
                        ascii("HTTP/1.1 200 OK\r\n\r\n"),
                        nobody)
                : new Asks(
                        URI.create(words[1]).getAuthority(),
                        head.toString(),
                        ascii(head.toString()),
                        new byte[0],
                        nobody);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// What is asked for is a name or an IPv4 address.
    private Asks socks(InputStream from, OutputStream to) throws IOException {
        var in = new DataInputStream(from);
        if (in.readByte() != 5) {
            throw new IOException("no SOCKS 5");
        }
        var methods = in.readNBytes(in.readUnsignedByte());
        signIn(in, to, methods);
        in.skipNBytes(3);
        var byName = in.readByte() == 3;
        var address = in.readNBytes(byName ? in.readUnsignedByte() : 4);
        var host =
                byName
                        ? new String(address, StandardCharsets.US_ASCII)
                        : InetAddress.getByAddress(address).getHostAddress();
        return new Asks(
                host + ':' + in.readUnsignedShort(),
                "",
                new byte[0],
                new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0},
                new byte[] {5, 5, 0, 1, 0, 0, 0, 0, 0, 0});
    }

    private void signIn(DataInputStream in, OutputStream to, byte[] methods) throws IOException {
        if (wanted == null) {
            to.write(new byte[] {5, 0});
            return;
        }
        if (new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) < 0) {
            to.write(new byte[] {5, (byte) 0xff});
            throw new IOException("nobody in particular");
        }
        to.write(new byte[] {5, 2});
        in.skipNBytes(1);
        var name = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        var password = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        if (!wanted.equals(new User(name, password))) {
            to.write(new byte[] {1, 1});
            throw new IOException("somebody else");
        }
        to.write(new byte[] {1, 0});
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
