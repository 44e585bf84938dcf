package org.deadletteroffice.rabbitmq;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.deadletteroffice.spi.profile.Secret;

/// A way through a SOCKS 5 proxy (RFC 1928), which is told a user and a password where it asks for
/// them (RFC 1929). The JDK's own way asks the whole process for these.
final class SocksTunnel {
    private static final int VERSION = 5;
    private static final int SIGN_IN_VERSION = 1;
    private static final int CONNECT = 1;

    private static final int NO_SIGN_IN = 0;
    private static final int BY_PASSWORD = 2;

    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private static final int LONGEST = 255;

    private SocksTunnel() {}

    /// @param proxy connected to it; leads to the target afterwards
    /// @param user who asks; empty: nobody in particular
    /// @throws ProxyFailure when the proxy does not open the way
    static void open(Socket proxy, String host, int port, String user, Secret password)
            throws IOException {
        var in = new DataInputStream(proxy.getInputStream());
        send(proxy, greeting(!user.isEmpty()));
        mustSpeakSocks(in.readUnsignedByte());
        switch (in.readUnsignedByte()) {
            case NO_SIGN_IN -> {
                // Nothing is asked.
            }
            case BY_PASSWORD -> signIn(proxy, in, user, password);
            default ->
                    throw new ProxyFailure(ProxyFailure.Kind.SIGN_IN, "asked for another sign-in");
        }
        send(proxy, request(host, port));
        mustSpeakSocks(in.readUnsignedByte());
        var answer = in.readUnsignedByte();
        if (answer != 0) {
            throw new ProxyFailure(ProxyFailure.Kind.NO_WAY, "answered " + words(answer));
        }
        // A byte of nothing, and the address that it uses, which matters to nobody.
        in.skipNBytes(1);
        var address =
                switch (in.readUnsignedByte()) {
                    case IPV4 -> 4;
                    case IPV6 -> 16;
                    case NAME -> in.readUnsignedByte();
                    default -> throw new IOException("the proxy speaks no SOCKS 5");
                };
        in.skipNBytes(address + 2L);
    }

    private static void send(Socket proxy, byte[] bytes) throws IOException {
        proxy.getOutputStream().write(bytes);
        proxy.getOutputStream().flush();
    }

    private static void mustSpeakSocks(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("the proxy speaks no SOCKS 5");
        }
    }

    private static byte[] greeting(boolean known) {
        return known
                ? new byte[] {VERSION, 2, NO_SIGN_IN, BY_PASSWORD}
                : new byte[] {VERSION, 1, NO_SIGN_IN};
    }

    private static void signIn(Socket proxy, DataInputStream in, String user, Secret password)
            throws IOException {
        var ask = new ByteArrayOutputStream();
        ask.write(SIGN_IN_VERSION);
        write(ask, user.getBytes(StandardCharsets.UTF_8));
        write(ask, password.reveal().getBytes(StandardCharsets.UTF_8));
        send(proxy, ask.toByteArray());
        in.skipNBytes(1);
        if (in.readUnsignedByte() != 0) {
            throw new ProxyFailure(ProxyFailure.Kind.SIGN_IN, "refused the sign-in");
        }
    }

    private static byte[] request(String host, int port) throws IOException {
        var ask = new ByteArrayOutputStream();
        ask.writeBytes(new byte[] {VERSION, CONNECT, 0});
        if (host.contains(":") || host.matches("\\d+(\\.\\d+){3}")) {
            // Of an address no name is looked up.
            var address = InetAddress.getByName(host).getAddress();
            ask.write(address.length == 4 ? IPV4 : IPV6);
            ask.writeBytes(address);
        } else {
            ask.write(NAME);
            write(ask, IDN.toASCII(host).getBytes(StandardCharsets.US_ASCII));
        }
        ask.write(port >> 8);
        ask.write(port);
        return ask.toByteArray();
    }

    private static void write(ByteArrayOutputStream to, byte[] bytes) throws IOException {
        if (bytes.length > LONGEST) {
            throw new ProxyFailure(
                    ProxyFailure.Kind.NO_WAY,
                    "takes no more than 255 bytes as a name or a password");
        }
        to.write(bytes.length);
        to.writeBytes(bytes);
    }

    /// RFC 1928, section 6.
    private static String words(int answer) {
        return switch (answer) {
            case 1 -> "with a failure of its own";
            case 2 -> "that its rules do not allow it";
            case 3 -> "that the network cannot be reached";
            case 4 -> "that the host cannot be reached";
            case 5 -> "that the connection was refused";
            case 6 -> "that the way is too long";
            default -> String.valueOf(answer);
        };
    }
}
