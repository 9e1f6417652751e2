package dev.rapport.client.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, which ends in an error when nothing more of it comes. The JDK's client bounds only how long it takes an answer to
 * begin.
 */
final class ImpatientBody extends FilterInputStream {

    private final Duration silence;
    private volatile boolean isSilent;
    private volatile @Nullable IOException notClosed;

    ImpatientBody(InputStream body, Duration silence) {
        super(body);
        this.silence = silence;
    }

    private interface Reading {
        int read() throws IOException;
    }

    @Override
    public int read() throws IOException {
        return bounded(super::read);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return bounded(() -> super.read(into, offset, length));
    }

    private int bounded(Reading reading) throws IOException {
        CompletableFuture<@Nullable Void> heard = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> watch = heard.orTimeout(silence.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(timeout -> {
                    giveUp();
                    return null;
                });
        try {
            return reading.read();
        } catch (IOException e) {
            throw isSilent ? silent(e) : e;
        } finally {
            heard.complete(null);
            watch.join();
        }
    }

    /** Whoever reads is told so by the end of what they read from. */
    private void giveUp() {
        isSilent = true;
        try {
            in.close();
        } catch (IOException e) {
            notClosed = e;
        }
    }

    private IOException silent(IOException e) {
        SocketTimeoutException told =
                new SocketTimeoutException("nothing more of the answer came for " + silence.toSeconds() + " s");
        told.initCause(e);
        if (notClosed != null) {
            told.addSuppressed(notClosed);
        }
        return told;
    }
}
