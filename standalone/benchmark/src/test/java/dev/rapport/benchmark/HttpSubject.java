package dev.rapport.benchmark;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that takes the steps over HTTP, in a process of its own. */
interface HttpSubject extends AutoCloseable {

    String name();

    int port();

    /** Whether whatever follows what was posted has seen all of it. */
    boolean hasSettled() throws IOException;

    /** Waits until whatever follows what was posted has seen all of it; answers how long that took, in seconds. */
    default double settle() throws IOException {
        long begin = System.nanoTime();
        while (!hasSettled()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    @Override
    void close() throws IOException;

    /** A peer that is told by its standard input. */
    record Peer(SubjectInProcess process, int port) implements HttpSubject {

        static Peer of(SubjectInProcess process) throws IOException {
            process.ask("fill");
            return new Peer(process, Integer.parseInt(process.ask("port")));
        }

        @Override
        public String name() {
            return process.name();
        }

        @Override
        public boolean hasSettled() throws IOException {
            return Boolean.parseBoolean(process.ask("settled"));
        }

        @Override
        public void close() throws IOException {
            process.close();
        }
    }
}
