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
        var plain = new Socket();
        try {
            if (proxy == null) {
                plain.connect(new InetSocketAddress(host, port), millis);
            } else {
                connect(plain, proxy, millis);
                plain.setSoTimeout(millis);
                openTunnel(plain, proxy, profile, host, port);
                plain.setSoTimeout(0);
            }
            plain.setTcpNoDelay(true);
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

    /// @throws ProxyFailure when the proxy does not open the way, or says nothing
    private static void openTunnel(
            Socket to, Proxy proxy, RabbitProfile profile, String host, int port)
            throws IOException {
        try {
            if (proxy.type() == Proxy.Type.HTTP) {
                HttpTunnel.open(to, host, port, profile.proxyAuthorization());
            } else {
                SocksTunnel.open(to, host, port, profile.proxyUser(), profile.proxyPassword());
            }
        } catch (ProxyFailure told) {
            throw told;
        } catch (IOException broken) {
            throw new ProxyFailure(ProxyFailure.Kind.SILENT, broken);
        }
    }

    /// @throws ProxyFailure where there is no proxy
    private static void connect(Socket socket, Proxy proxy, int millis) throws IOException {
        if (!(proxy.address() instanceof InetSocketAddress named)) {
            throw new IllegalStateException("no proxy of a profile is without an address");
        }
        var address = new InetSocketAddress(named.getHostString(), named.getPort());
        if (address.isUnresolved()) {
            throw new ProxyFailure(ProxyFailure.Kind.UNKNOWN, named.getHostString());
        }
        try {
            socket.connect(address, millis);
        } catch (IOException nobody) {
            throw new ProxyFailure(ProxyFailure.Kind.SILENT, nobody);
        }
    }
}
