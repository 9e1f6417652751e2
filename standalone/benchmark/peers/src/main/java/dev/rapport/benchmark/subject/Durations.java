package dev.rapport.benchmark.subject;

import java.util.Arrays;

/** How long things took, each of them: nothing is lost to buckets. For one thread. */
public final class Durations {

    private long[] nanos = new long[1024];
    private int size;

    public void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = duration;
    }

    public void add(Durations others) {
        for (int i = 0; i < others.size; i++) {
            add(others.nanos[i]);
        }
    }

    public int size() {
        return size;
    }

    /**
     * The duration that a share of all is not above, in nanoseconds; 0 when there are none.
     *
     * @param share from 0 to 1
     */
    public long atMost(double share) {
        if (size == 0) {
            return 0;
        }
        Arrays.sort(nanos, 0, size);
        return nanos[Math.min(size - 1, Math.max(0, (int) Math.ceil(share * size) - 1))];
    }
}
