package org.deadletteroffice.rabbitmq;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A socket to the broker, by the profile's proxy where there is one, which then resolves the name
/// as well. TLS is spoken with the broker itself, through the proxy's tunnel.
final class BrokerSocket {
    private BrokerSocket() {}

    /// @param tls null: without
    /// @return connected, and greeted over TLS
    static Socket open(RabbitProfile profile, @Nullable SSLContext tls, String host, int port)
            throws IOException {
        var proxy = profile.proxy();
        var millis = (int) profile.timeout().toMillis();
        var plain =
                proxy != null && proxy.type() == Proxy.Type.SOCKS
                        ? new Socket(proxy)
                        : new Socket();
        try {
            plain.connect(way(proxy, host, port), millis);
            plain.setTcpNoDelay(true);
            if (proxy != null && proxy.type() == Proxy.Type.HTTP) {
                plain.setSoTimeout(millis);
                HttpTunnel.open(plain, host, port, profile.proxyAuthorization());
                plain.setSoTimeout(0);
            }
            if (tls == null) {
                return plain;
            }
            plain.setSoTimeout(millis);
            var secured = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
            if (profile.verifiesHost()) {
                var parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
            }
            secured.startHandshake();
            plain.setSoTimeout(0);
            return secured;
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
    }

    /// What the socket is connected to, by itself or by the JDK's way through SOCKS.
    private static InetSocketAddress way(@Nullable Proxy proxy, String host, int port) {
        if (proxy == null) {
            return new InetSocketAddress(host, port);
        }
        return proxy.type() == Proxy.Type.HTTP
                        && proxy.address() instanceof InetSocketAddress address
                ? new InetSocketAddress(address.getHostString(), address.getPort())
                : InetSocketAddress.createUnresolved(host, port);
    }
}
