package dev.rapport.client.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A request to import whose answers are read while it is still being sent. The JDK's client sends the whole of a request before it reads any of
 * its answer, so it would know of nothing that was taken when a long import breaks off, and would miss why it was refused. One thread sends,
 * another reads.
 */
public final class ImportConnection implements AutoCloseable {

    private static final int BUFFER = 1 << 15;
    private static final int LONGEST_HEAD = 1 << 16;
    private static final int LONGEST_PROBLEM = 1 << 20;
    private static final int LONGEST_LINE = 1 << 22;

    private final Socket wire;
    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(BUFFER);
    private @Nullable InputStream answers;
    private volatile boolean isHungUp;

    /**
     * A connection that is there.
     *
     * @param wire what goes through the network
     * @param socket what is written to and read from: the same, unless it is encrypted
     */
    private ImportConnection(Socket wire, Socket socket) throws IOException {
        this.wire = wire;
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    /** An answer to the request as a whole that is no. */
    public static final class Refused extends IOException {

        private final transient Refusal refusal;

        Refused(Refusal refusal) {
            super(refusal.words());
            this.refusal = refusal;
        }

        public Refusal refusal() {
            return refusal;
        }
    }

    static ImportConnection open(
            URI server, String path, Credentials credentials, Duration longestConnect, Duration longestSilence)
            throws IOException {
        boolean encrypted = server.getScheme().equalsIgnoreCase("https");
        String host = server.getHost().replaceAll("^\\[|]$", "");
        int port = server.getPort() >= 0 ? server.getPort() : encrypted ? 443 : 80;
        Socket wire = connected(server, host, port, longestConnect);
        try {
            wire.setSoTimeout((int) longestSilence.toMillis()); // of the handshake, too
            wire.setTcpNoDelay(true);
            ImportConnection connection = new ImportConnection(wire, encrypted ? encrypted(wire, host, port) : wire);
            connection.sendHead(server, path, credentials);
            return connection;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private static Socket connected(URI server, String host, int port, Duration longestConnect) throws IOException {
        Proxy proxy = ProxySelector.getDefault() == null
                ? Proxy.NO_PROXY
                : ProxySelector.getDefault().select(server).stream().findFirst().orElse(Proxy.NO_PROXY);
        Socket socket = new Socket(proxy);
        try {
            InetSocketAddress address = proxy.type() == Proxy.Type.DIRECT
                    ? new InetSocketAddress(host, port)
                    : InetSocketAddress.createUnresolved(host, port);
            socket.connect(address, (int) longestConnect.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket encrypted(Socket plain, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext context() throws IOException {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("this Java can't encrypt", e);
        }
    }

    private void sendHead(URI server, String path, Credentials credentials) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "POST " + server.getRawPath() + path + " HTTP/1.1",
                "Host: " + server.getRawAuthority(),
                "Content-Type: application/x-ndjson",
                "Accept: application/x-ndjson, application/problem+json",
                "Transfer-Encoding: chunked",
                "Connection: close"));
        credentials.header().ifPresent(header -> lines.add("Authorization: " + header));
        write(String.join("\r\n", lines) + "\r\n\r\n");
        out.flush();
    }

    /** Sends a line, without its end, now or with others. */
    public void send(byte[] line) throws IOException {
        chunk.write(line);
        chunk.write('\n');
        if (chunk.size() >= BUFFER) {
            flush();
        }
    }

    /** Sends what was not sent yet. */
    public void flush() throws IOException {
        if (chunk.size() > 0) {
            write(Integer.toHexString(chunk.size()) + "\r\n");
            chunk.writeTo(out);
            write("\r\n");
            chunk.reset();
        }
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    /** Says that no line follows. */
    public void finish() throws IOException {
        flush();
        write("0\r\n\r\n");
        out.flush();
    }

    /**
     * The next line of the answer, or null at its end.
     *
     * @throws Refused when the answer is no
     */
    public byte @Nullable [] next() throws IOException {
        if (answers == null) {
            answers = answer();
        }
        return line(answers);
    }

    private InputStream answer() throws IOException {
        Head head = head();
        while (head.status() / 100 == 1) {
            head = head();
        }
        InputStream body = head.body(in);
        if (head.status() != 200) {
            throw new Refused(Refusal.of(head.status(), head.value("retry-after"), body.readNBytes(LONGEST_PROBLEM)));
        }
        return body;
    }

    private Head head() throws IOException {
        List<String> lines = new ArrayList<>();
        int size = 0;
        while (true) {
            byte[] line = line(in);
            if (line == null) {
                throw new EOFException("the connection was closed before an answer came");
            }
            size += line.length;
            if (size > LONGEST_HEAD) {
                throw new IOException("the answer's head has no end");
            }
            String text = new String(line, ISO_8859_1).stripTrailing();
            if (text.isEmpty()) {
                return Head.of(lines);
            }
            lines.add(text);
        }
    }

    private record Head(int status, List<String> lines) {

        static Head of(List<String> lines) throws IOException {
            if (lines.isEmpty() || !lines.get(0).matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
                throw new IOException("what answers does not speak HTTP");
            }
            return new Head(Integer.parseInt(lines.get(0).substring(9, 12)), lines);
        }

        Optional<String> value(String name) {
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        InputStream body(InputStream in) throws IOException {
            if (value("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
                return new Chunks(in);
            }
            Optional<String> length = value("content-length");
            if (length.isPresent()) {
                if (!length.get().matches("\\d{1,15}")) {
                    throw new IOException("the answer has no length that can be understood: " + length.get());
                }
                return new FixedLength(in, Long.parseLong(length.get()));
            }
            return in;
        }
    }

    /** Without its end; null when there is nothing more. A last line that has no end was cut off. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toByteArray();
            }
            if (line.size() >= LONGEST_LINE) {
                throw new IOException("a line of the answer has no end");
            }
            line.write(b);
        }
        if (line.size() > 0) {
            throw new EOFException("the answer was cut off in the middle of a line");
        }
        return null;
    }

    /**
     * Ends both halves at once, whatever they are at. Encryption is not asked to say goodbye, for it would wait until whoever is sending is through, and
     * somebody who doesn't listen never lets them through.
     */
    public void hangUp() throws IOException {
        isHungUp = true;
        wire.close();
    }

    @Override
    public void close() throws IOException {
        if (!isHungUp) {
            socket.close();
        }
    }

    private static final class FixedLength extends InputStream {

        private final InputStream in;
        private long left;

        FixedLength(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the answer was cut off");
            }
            left--;
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int n = in.read(into, offset, (int) Math.min(length, left));
            if (n < 0) {
                throw new EOFException("the answer was cut off");
            }
            left -= n;
            return n;
        }
    }

    /** The body of an answer whose length nobody knew when it began. */
    private static final class Chunks extends InputStream {

        private final InputStream in;
        private long left;
        private boolean begun;
        private boolean ended;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            if (left == 0 && !ended) {
                begin();
            }
            if (ended) {
                return -1;
            }
            int b = in.read();
            if (b < 0) {
                throw cutOff();
            }
            left--;
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0 && !ended) {
                begin();
            }
            if (ended) {
                return -1;
            }
            int n = in.read(into, offset, (int) Math.min(length, left));
            if (n < 0) {
                throw cutOff();
            }
            left -= n;
            return n;
        }

        private void begin() throws IOException {
            if (begun) {
                required(); // the end of the chunk before
            }
            begun = true;
            String size = required().replaceFirst(";.*", "").strip();
            if (!size.matches("[0-9A-Fa-f]{1,15}")) {
                throw new IOException("the answer is not cut into chunks as it says");
            }
            left = Long.parseLong(size, 16);
            if (left == 0) {
                ended = true;
                while (!required().isBlank()) {
                    // headers that follow the body say nothing to us
                }
            }
        }

        private String required() throws IOException {
            byte[] line = line(in);
            if (line == null) {
                throw cutOff();
            }
            return new String(line, ISO_8859_1);
        }

        private static EOFException cutOff() {
            return new EOFException("the answer was cut off");
        }
    }
}
