package dev.rapport.query.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * An answer of server-sent events to one reader. It is written as fast as the reader takes it, and never faster: while the reader takes
 * nothing, the answer holds one piece of output and no thread.
 *
 * <p>The container hears of a reader who has gone while we may be writing, and uses the output for another request as soon as its listeners
 * have returned. So whoever touches the output holds this object's monitor, and so does the listener that ends the answer.
 */
public final class ServerSentEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSentEvents.class);

    /** A comment at once, since proxies and clients wait for the first bytes; and how soon a reader who lost us may come back. */
    private static final String GREETING = ": here you are\nretry: 2000\n\n";

    private static final String HEARTBEAT = ": still here\n\n";

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final @Nullable HangUp hangUp;
    private final Source source;
    private final Executor executor;
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final long openedAt = System.nanoTime();

    /** When the reader stopped taking what is written; 0 while it takes it. */
    private volatile long stalledAt = System.nanoTime();

    private volatile boolean heartbeatDue;
    private volatile boolean ending;
    private boolean over;
    private boolean greeted;
    private boolean flushed = true;

    /** Where the events come from; asked by one thread at a time. */
    public interface Source {

        /** What to write next, some KiB at most: null for nothing now, empty for nothing so far, though there may be more. */
        byte @Nullable [] next();

        /** Nothing more will be asked for. */
        void close();
    }

    private ServerSentEvents(
            AsyncContext async, ServletOutputStream out, @Nullable HangUp hangUp, Source source, Executor executor) {
        this.async = async;
        this.out = out;
        this.hangUp = hangUp;
        this.source = source;
        this.executor = executor;
    }

    /** Begins the answer; the executor's threads ask the source and write, and wait for no reader. */
    public static ServerSentEvents open(
            HttpServletRequest request, HttpServletResponse response, Source source, Executor executor)
            throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // or a proxy keeps events back until its buffer is full
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        HangUp hangUp = request.getAttribute(HangUp.ATTRIBUTE) instanceof HangUp known ? known : null;
        var events = new ServerSentEvents(async, response.getOutputStream(), hangUp, source, executor);
        async.addListener(events.new Ending());
        events.out.setWriteListener(events.new Writing());
        return events;
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Tells that the source may have something. */
    public void wake() {
        if (stalledAt == 0) {
            write();
        }
    }

    /** Shows the reader that we are still here, if there is nothing else to show. */
    public void beat() {
        heartbeatDue = true;
        wake();
    }

    /** Ends the answer as soon as everything that was begun is written. */
    public void end() {
        ending = true;
        wake();
    }

    /** How long the reader has not taken what was written for it. */
    public Duration stalledFor() {
        long since = stalledAt;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    public Duration openFor() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }

    /** Breaks the answer off, whatever the reader does. */
    public synchronized void hangUp(String why) {
        if (!over && hangUp != null) {
            hangUp.now(new IOException(why));
        }
        close();
    }

    private void write() {
        if (wakeUps.getAndIncrement() == 0) {
            executor.execute(this::writeAll);
        }
    }

    /** One thread at a time; what it is woken for meanwhile, it does before it leaves. */
    private void writeAll() {
        int seen = wakeUps.get();
        while (seen != 0) {
            try {
                writeWhatIsThere();
            } catch (IOException gone) {
                LOG.debug("A reader has gone", gone);
                close();
            } catch (RuntimeException failure) {
                LOG.warn("A stream of events breaks off", failure);
                hangUp("its events cannot be read");
            }
            seen = wakeUps.addAndGet(-seen);
        }
    }

    private void writeWhatIsThere() throws IOException {
        while (takesMore()) {
            byte[] piece = next();
            if (piece == null) {
                return;
            }
            put(piece);
        }
    }

    /** Whether the reader takes more now; if not, the container tells when it does. */
    private synchronized boolean takesMore() throws IOException {
        if (over) {
            return false;
        }
        if (out.isReady() && !flushed) {
            flushed = true;
            out.flush();
        }
        if (!out.isReady()) {
            // a time that we ourselves take to get here is not the reader's
            if (stalledAt == 0) {
                stalledAt = System.nanoTime();
            }
            return false;
        }
        stalledAt = 0;
        return true;
    }

    private synchronized void put(byte[] piece) throws IOException {
        if (!over && piece.length > 0) {
            out.write(piece);
            flushed = false;
        }
    }

    private byte @Nullable [] next() {
        if (!greeted) {
            greeted = true;
            return bytes(GREETING);
        }
        if (ending) {
            finish();
            return null;
        }
        byte[] piece = source.next();
        if ((piece == null || piece.length == 0) && heartbeatDue) {
            piece = bytes(HEARTBEAT);
        }
        if (piece != null && piece.length > 0) {
            heartbeatDue = false;
        }
        return piece;
    }

    private synchronized void finish() {
        if (!over) {
            close();
            async.complete();
        }
    }

    private synchronized void close() {
        if (!over) {
            over = true;
            source.close();
        }
    }

    private final class Writing implements WriteListener {

        @Override
        public void onWritePossible() {
            write();
        }

        @Override
        public void onError(Throwable gone) {
            LOG.debug("A reader has gone", gone);
            close();
        }
    }

    /** The container tells us that the answer is over, or makes us say so. */
    private final class Ending implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            close();
        }

        @Override
        public void onError(AsyncEvent event) {
            close();
            event.getAsyncContext().complete();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            close();
            event.getAsyncContext().complete();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // never: an answer is started once
        }
    }
}
