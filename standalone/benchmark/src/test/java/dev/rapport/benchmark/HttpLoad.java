package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Durations;
import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Run;
import dev.rapport.benchmark.subject.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Connections over which steps are posted, in relationships drawn at random, each of which belongs to one connection. */
final class HttpLoad implements AutoCloseable {

    private static final int CREATED = 201;
    private static final double SECOND = 1e9;

    private final int[] taken;
    private final List<Connection> connections = new ArrayList<>();
    private final SplittableRandom[] random;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    HttpLoad(int port, int connections, Past past) throws IOException {
        taken = new int[past.relationships()];
        for (int relationship = 0; relationship < taken.length; relationship++) {
            taken[relationship] = past.stepsOf(relationship);
        }
        random = new SplittableRandom[connections];
        for (int connection = 0; connection < connections; connection++) {
            this.connections.add(new Connection(port));
            random[connection] = new SplittableRandom(connection);
        }
    }

    /** As fast as the server answers. */
    Run flatOut(long nanos) throws IOException, InterruptedException, ExecutionException {
        return run(nanos, 0);
    }

    /**
     * So many a second, evenly, whether the server keeps pace or not: what waits because an earlier answer was late has been waiting since it should have
     * been sent.
     */
    Run at(double perSecond, long nanos) throws IOException, InterruptedException, ExecutionException {
        return run(nanos, (long) (SECOND * connections.size() / perSecond));
    }

    private Run run(long nanos, long between) throws IOException, InterruptedException, ExecutionException {
        for (Connection connection : connections) {
            connection.renew();
        }
        long begin = System.nanoTime();
        List<Future<Durations>> running = new ArrayList<>();
        for (int connection = 0; connection < connections.size(); connection++) {
            int mine = connection;
            long first = begin + between * connection / connections.size();
            running.add(senders.submit((Callable<Durations>) () -> send(mine, first, begin + nanos, between)));
        }
        Durations all = new Durations();
        for (Future<Durations> sender : running) {
            all.add(sender.get());
        }
        return Run.of(all, System.nanoTime() - begin);
    }

    private Durations send(int mine, long first, long end, long between) throws IOException {
        Durations durations = new Durations();
        Connection connection = connections.get(mine);
        int count = connections.size();
        int relationships = (taken.length - mine + count - 1) / count;
        for (long due = first; due < end; ) {
            int relationship = mine + count * random[mine].nextInt(relationships);
            byte[] request = Requests.of(Step.of(relationship, taken[relationship]));
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            Connection.Answer answer = connection.send(request);
            if (answer.status() != CREATED) {
                throw new IllegalStateException("answered " + answer);
            }
            taken[relationship]++;
            long now = System.nanoTime();
            durations.add(now - due);
            due = between == 0 ? now : due + between;
        }
        return durations;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        senders.close();
    }
}
