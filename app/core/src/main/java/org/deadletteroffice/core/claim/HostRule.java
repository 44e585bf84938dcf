package org.deadletteroffice.core.claim;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;

/// Which hosts may be asked for a payload. The address comes out of a message, so whoever can write
/// messages would else make this machine ask whatever it can reach: services on it, machines
/// behind the firewall, the cloud's metadata with its credentials. Public hosts may be asked by
/// https; private and local ones, and any by http, when the profile names them; addresses of
/// metadata services never.
record HostRule(Set<NamedHost> named) {
    /// Azure's, which is a public address; those of AWS, GCP and others are link-local.
    private static final byte[] AZURE = {(byte) 168, 63, (byte) 129, 16};

    /// AWS's on IPv6.
    private static final String AWS_6 = "fd00:ec2:0:0:0:0:0:254";

    boolean isNamed(URI uri) {
        return named.stream().anyMatch(host -> host.names(uri));
    }

    /// Blocks for the name service. The JDK keeps what it said for half a minute, and its client
    /// connects to that. Where the time runs out just then, it asks again, and another answer is
    /// not seen here: by https that host shows no certificate for this name, and is sent no
    /// request; by http the profile has named it.
    ///
    /// @throws BrokerException when it may not be asked, or has no address
    void check(URI uri) throws BrokerException {
        if (uri.getRawUserInfo() != null) {
            throw refused(
                    "The address has a user in it, and is not asked.",
                    new Remedy.Advice("See who wrote this message."));
        }
        if (uri.getScheme().equals("http") && !isNamed(uri)) {
            throw refused(
                    "The address of %s is not encrypted, and the profile does not name this host."
                            .formatted(uri.getHost()),
                    new Remedy.Edit(ClaimSettings.HOSTS));
        }
        for (var address : addresses(uri.getHost())) {
            if (isMetadata(address)) {
                throw refused(
                        "%s is %s, where a cloud keeps credentials of its machines; it is never asked."
                                .formatted(uri.getHost(), address.getHostAddress()),
                        new Remedy.Advice("See who wrote this message."));
            }
            if (isInside(address) && !isNamed(uri)) {
                throw refused(
                        "%s is %s, which is no public address, and the profile does not name this host."
                                .formatted(uri.getHost(), address.getHostAddress()),
                        new Remedy.Edit(ClaimSettings.HOSTS));
            }
        }
    }

    private static InetAddress[] addresses(String host) throws BrokerException {
        try {
            var addresses = InetAddress.getAllByName(host);
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = embedded(addresses[i]);
            }
            return addresses;
        } catch (UnknownHostException nowhere) {
            throw new BrokerException.Unreachable(
                    "No address is known for " + host + ".",
                    new Remedy.Advice("Check the name, the network and the proxy."),
                    nowhere);
        }
    }

    /// The IPv4 address that a translated one (RFC 6052) or a compatible one (RFC 4291) stands for.
    private static InetAddress embedded(InetAddress address) throws UnknownHostException {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        var bytes = address.getAddress();
        boolean translated = bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xff;
        boolean compatible = true;
        for (int i = translated ? 4 : 0; i < 12; i++) {
            compatible &= bytes[i] == 0;
        }
        var last = Arrays.copyOfRange(bytes, 12, 16);
        return compatible && !address.isLoopbackAddress() && !address.isAnyLocalAddress()
                ? InetAddress.getByAddress(last)
                : address;
    }

    private static boolean isMetadata(InetAddress address) {
        return address.isLinkLocalAddress()
                || Arrays.equals(address.getAddress(), AZURE)
                || address.getHostAddress().startsWith(AWS_6);
    }

    private static boolean isInside(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        var bytes = address.getAddress();
        return address instanceof Inet4Address
                // 0/8, carriers' 100.64/10 (RFC 6598), benchmarks' 198.18/15, reserved 240/4
                ? bytes[0] == 0
                        || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64)
                        || (bytes[0] == (byte) 198 && (bytes[1] & 0xfe) == 18)
                        || (bytes[0] & 0xf0) == 0xf0
                // unique local, RFC 4193
                : (bytes[0] & 0xfe) == 0xfc;
    }

    private static BrokerException refused(String sentence, Remedy remedy) {
        return new BrokerException.NotAuthorized(sentence, remedy, null);
    }
}
