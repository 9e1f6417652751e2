package dev.rapport.query.webhook;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts one message and looks at nothing of the answer but its status. A connection of our own makes it sure that the address that was
 * looked at is the one that is connected to: a client library would look the name up once more, and a name may lead elsewhere by then.
 * There are no redirects, no proxies and no cookies to be led astray by, and an answer takes its bounded time whatever it sends.
 */
final class WebhookSender implements AutoCloseable {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_LINES = 200;
    private static final int MOST_ADDRESSES = 3;

    private final Duration timeout;
    private final boolean allowPrivate;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

    WebhookSender(Duration timeout, boolean allowPrivate) {
        this.timeout = timeout;
        this.allowPrivate = allowPrivate;
    }

    /** What became of a message. */
    sealed interface Outcome {

        record Delivered() implements Outcome {}

        /** The receiver does not have it, as far as we know, in words that tell nothing of its answer but the status. */
        record Failed(String error) implements Outcome {}

        /** The receiver says that it wants no messages any more. */
        record Gone(String error) implements Outcome {}
    }

    Outcome post(URI url, Map<String, String> headers, byte[] body) {
        var late = new AtomicBoolean();
        try (var socket = new Socket()) {
            var deadline = deadlines.schedule(() -> giveUp(socket, late), timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return outcome(exchange(socket, url, headers, body));
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException failure) {
            return new Outcome.Failed(late.get() ? tooLate() : words(failure));
        }
    }

    private static void giveUp(Socket socket, AtomicBoolean late) {
        late.set(true);
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            throw new IllegalStateException("a socket that is closed twice", closedAnyway);
        }
    }

    private static Outcome outcome(int status) {
        String error = "the receiver answered " + status;
        return switch (status / 100) {
            case 2 -> new Outcome.Delivered();
            case 4 -> status == 410 ? new Outcome.Gone(error) : new Outcome.Failed(error);
            default -> new Outcome.Failed(error);
        };
    }

    private int exchange(Socket socket, URI url, Map<String, String> headers, byte[] body) throws IOException {
        connect(socket, url);
        try (Socket spoken = url.getScheme().equals("https") ? secured(socket, url) : socket) {
            var out = spoken.getOutputStream();
            out.write(head(url, headers, body.length));
            out.write(body);
            out.flush();
            return status(new BufferedInputStream(spoken.getInputStream()));
        }
    }

    private void connect(Socket socket, URI url) throws IOException {
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(addressOf(url), port(url)), Math.toIntExact(timeout.toMillis()));
    }

    /** One address that may be connected to; a name that also leads elsewhere is not tried at all. */
    private InetAddress addressOf(URI url) throws IOException {
        List<InetAddress> addresses = Arrays.stream(InetAddress.getAllByName(hostOf(url)))
                .limit(MOST_ADDRESSES)
                .toList();
        if (!allowPrivate && !addresses.stream().allMatch(PublicAddresses::contains)) {
            throw new NotPublic();
        }
        return addresses.getFirst();
    }

    private static final class NotPublic extends IOException {}

    static String hostOf(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI url) {
        if (url.getPort() != -1) {
            return url.getPort();
        }
        return url.getScheme().equals("https") ? 443 : 80;
    }

    private static Socket secured(Socket socket, URI url) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secured = (SSLSocket) factory.createSocket(socket, hostOf(url), port(url), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static byte[] head(URI url, Map<String, String> headers, int length) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var head = new StringBuilder("POST ")
                .append(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getPort() == -1 ? url.getHost() : url.getHost() + ":" + url.getPort())
                .append("\r\nUser-Agent: Rapport\r\nConnection: close\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The status that is meant, after any that only say that there is more to come. */
    private static int status(InputStream in) throws IOException {
        int lines = 0;
        while (lines < MOST_LINES) {
            Matcher line = STATUS_LINE.matcher(line(in));
            if (!line.matches()) {
                throw new NoHttp();
            }
            int status = Integer.parseInt(line.group(1));
            if (status >= 200) {
                return status;
            }
            do {
                lines++;
            } while (!line(in).isEmpty() && lines < MOST_LINES);
        }
        throw new NoHttp();
    }

    private static final class NoHttp extends IOException {}

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next == -1) {
                throw new EOFException();
            }
            if (line.length() == LONGEST_LINE) {
                throw new NoHttp();
            }
            line.append((char) next);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    private String tooLate() {
        return "the receiver did not answer within " + timeout.toMillis() + " ms";
    }

    private String words(IOException failure) {
        return switch (failure) {
            case NotPublic _ -> "the receiver's address is not a public one";
            case NoHttp _ -> "the receiver does not speak HTTP/1.1";
            case UnknownHostException _ -> "the receiver's name is not known";
            case SocketTimeoutException _ -> tooLate();
            case SSLException _ -> "no secure connection to the receiver could be made";
            case EOFException _ -> "the receiver closed the connection without an answer";
            case SocketException _ -> "the connection to the receiver failed";
            default -> "the exchange with the receiver failed";
        };
    }

    @Override
    public void close() {
        deadlines.shutdown();
    }
}
