package dev.cinnabar.server.gateway.upstream;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Resolves names to public addresses only; the connection goes to exactly what was checked, so that a name cannot change in between. */
final class PublicNames implements DnsResolver {
    private final DnsResolver resolver;

    PublicNames(DnsResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = resolver.resolve(host);
        for (InetAddress each : all) {
            if (!isPublic(each)) {
                throw new UnknownHostException("a name that leads to an address that is not public");
            }
        }
        return all;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** Whether the address is one of the open internet: not this machine, not a private, shared, test, mapped or multicast range. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] b = address.getAddress();
        return switch (address) {
            case Inet4Address four -> public4(b[0] & 0xff, b[1] & 0xff, b[2] & 0xff);
            case Inet6Address six -> public6(b);
            default -> false;
        };
    }

    private static boolean public4(int a, int b, int c) {
        return a != 0
                && a < 224
                && !(a == 100 && b >= 64 && b < 128)
                && !(a == 192 && b == 0 && (c == 0 || c == 2))
                && !(a == 192 && b == 88 && c == 99)
                && !(a == 198 && (b == 18 || b == 19))
                && !(a == 198 && b == 51 && c == 100)
                && !(a == 203 && b == 0 && c == 113);
    }

    /** Only 2000::/3 is handed out; of it, 6to4, Teredo and documentation ranges can lead elsewhere. */
    private static boolean public6(byte[] b) {
        int first = (b[0] & 0xff) << 8 | (b[1] & 0xff);
        int second = (b[2] & 0xff) << 8 | (b[3] & 0xff);
        return (first & 0xe000) == 0x2000
                && first != 0x2002
                && !(first == 0x2001 && (second == 0 || second == 0x0db8 || second < 0x0200))
                && first != 0x3fff;
    }
}
