package dev.rapport.query.webhook;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Tells addresses that anybody could reach from those of a machine, a house or a protocol, which no outsider should reach through us. */
final class PublicAddresses {

    /** By the IANA registries of special-purpose addresses; and what carries another address within, which would lead around this list. */
    private static final List<Block> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "::/96",
                    "::ffff:0:0:0/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(Block::of)
            .toList();

    private record Block(BigInteger prefix, int bits, int length) {

        static Block of(String notation) {
            int slash = notation.indexOf('/');
            byte[] address = InetAddress.ofLiteral(notation.substring(0, slash)).getAddress();
            int bits = Integer.parseInt(notation.substring(slash + 1));
            return new Block(new BigInteger(1, address).shiftRight(address.length * 8 - bits), bits, address.length);
        }

        boolean contains(byte[] address) {
            return address.length == length
                    && new BigInteger(1, address).shiftRight(length * 8 - bits).equals(prefix);
        }
    }

    static boolean contains(InetAddress address) {
        return (!(address instanceof Inet6Address scoped) || scoped.getScopeId() == 0)
                && SPECIAL.stream().noneMatch(block -> block.contains(address.getAddress()));
    }

    /** Whether a host may lead to a public address, as far as can be told without asking: a name may, an address must be one. */
    static boolean mayBe(String host) {
        try {
            return contains(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return true;
        }
    }

    private PublicAddresses() {}
}
