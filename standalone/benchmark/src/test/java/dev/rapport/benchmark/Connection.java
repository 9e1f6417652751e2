package dev.rapport.benchmark;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection that is kept open and used for one request after the other, until the server wants a new one, as Tomcat does after a hundred: as little
 * as HTTP/1.1 takes, so that the server is what is measured.
 */
final class Connection implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BUFFER = 1 << 14;
    private static final int PATIENCE = 120_000;

    private final int port;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean usedUp;

    Connection(int port) throws IOException {
        this.port = port;
        open();
    }

    private void open() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
        usedUp = false;
    }

    /** Makes it a new one: a server hangs up on who says nothing for long. */
    void renew() throws IOException {
        socket.close();
        open();
    }

    /**
     * What came back.
     *
     * @param token names what was written, for a query that is to see it; empty if the answer has none
     */
    record Answer(int status, String body, String token) {

        Answer(int status, String body) {
            this(status, body, "");
        }
    }

    Answer send(byte[] request) throws IOException {
        if (usedUp) {
            renew();
        }
        out.write(request);
        out.flush();
        return read();
    }

    /** For a request whose body goes on while its answer is read. */
    OutputStream body() {
        return out;
    }

    Answer read() throws IOException {
        String first = line();
        int status = Integer.parseInt(first.substring(9, 12));
        int length = 0;
        boolean chunked = false;
        String token = "";
        for (String head = line(); !head.isEmpty(); head = line()) {
            String lower = head.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("connection:")) {
                usedUp = lower.contains("close");
            } else if (lower.startsWith("consistency-token:")) {
                token = head.substring(18).strip();
            }
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(64, length));
        if (chunked) {
            for (int chunk = chunkLength(); chunk > 0; chunk = chunkLength()) {
                copy(chunk, body);
                line();
            }
            line();
        } else {
            copy(length, body);
        }
        return new Answer(status, body.toString(StandardCharsets.UTF_8), token);
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private void copy(int length, ByteArrayOutputStream body) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server hung up in the middle of an answer");
        }
        body.writeBytes(bytes);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server hung up");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
