package org.deadletteroffice.core.claim;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// A host as a profile names it: `files.example.org`, `10.0.3.7:8443`, `fd00::7`, `[fd00::7]:8443`.
///
/// @param host in lower case; of an address its one spelling
/// @param port [#ANY] where none was named
record NamedHost(String host, int port) {
    static final int ANY = -1;

    private static final int MOST_PORT = 65_535;

    /// Empty for what is none: an address with a scheme, a user or a path, or a star.
    static Optional<NamedHost> read(String text) {
        var bare = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
        try {
            var uri = new URI("https://" + (bare ? '[' + text + ']' : text));
            return uri.getHost() == null
                            || uri.getRawUserInfo() != null
                            || !uri.getRawPath().isEmpty()
                            || uri.getRawQuery() != null
                            || uri.getRawFragment() != null
                            || text.endsWith(":")
                            || uri.getPort() == 0
                            || uri.getPort() > MOST_PORT
                    ? Optional.empty()
                    : Optional.of(new NamedHost(spelled(uri.getHost()), uri.getPort()));
        } catch (URISyntaxException noHost) {
            return Optional.empty();
        }
    }

    boolean names(URI uri) {
        var asked =
                uri.getPort() != ANY ? uri.getPort() : uri.getScheme().equals("http") ? 80 : 443;
        return uri.getHost() != null
                && host.equals(spelled(uri.getHost()))
                && (port == ANY || port == asked);
    }

    private static String spelled(String host) {
        try {
            return host.startsWith("[")
                    ? InetAddress.ofLiteral(host).getHostAddress()
                    : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noInterface) {
            // An address with a zone that is not of this machine.
            return host;
        }
    }
}
