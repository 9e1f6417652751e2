package dev.rapport.journey;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Writes down every host that anything in this JVM looks for; the JDK finds it as a service. */
public final class NamesLookedUp extends InetAddressResolverProvider {

    private static final Set<String> HOSTS = ConcurrentHashMap.newKeySet();

    static Set<String> hosts() {
        return HOSTS;
    }

    @Override
    public String name() {
        return "names looked up";
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver real = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                HOSTS.add(host);
                return real.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return real.lookupByAddress(address);
            }
        };
    }
}
