package dev.rapport.benchmark.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The process that a subject runs in. It is told what to do by lines on its standard input, and answers each with a line; the log goes to the
 * standard error.
 */
public final class SubjectProcess {

    /** What an answer begins with when something failed. */
    public static final String FAILED = "failed: ";

    private final PrintStream answers;
    private final BufferedReader orders;

    private SubjectProcess(PrintStream answers, BufferedReader orders) {
        this.answers = answers;
        this.orders = orders;
    }

    /** What a process does with a line. */
    @FunctionalInterface
    public interface Orders {
        String carryOut(String verb, String[] arguments) throws Exception;
    }

    /** This process; from now on, whatever others print goes to the standard error. */
    public static SubjectProcess ofThisJvm() {
        PrintStream answers = System.out;
        System.setOut(System.err);
        return new SubjectProcess(
                answers, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    /** Ends the process once the subject is closed: a thread of Axon's would keep it for another half minute. */
    public void end() {
        System.exit(0);
    }

    /** Carries out one order after the other, until there are no more. */
    public void serve(Orders work) throws IOException {
        answers.println("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] words = line.split(" ", -1);
            String[] arguments = new String[words.length - 1];
            System.arraycopy(words, 1, arguments, 0, arguments.length);
            answers.println(answer(work, words[0], arguments));
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the standard error is this process's log
    private static String answer(Orders work, String verb, String[] arguments) {
        try {
            return work.carryOut(verb, arguments);
        } catch (Exception e) {
            e.printStackTrace();
            return FAILED + String.valueOf(e).replaceAll("\\s+", " ");
        }
    }

    /** Lets a subject be filled once and run as often as is asked for. */
    public void serve(Subject subject, Past past, int threads) throws IOException {
        serve(subject, past, threads, (verb, _) -> {
            throw new IllegalArgumentException(verb);
        });
    }

    /**
     * Lets a subject be filled once and run as often as is asked for.
     *
     * @param more what else it can do
     */
    public void serve(Subject subject, Past past, int threads, Orders more) throws IOException {
        try (Load load = new Load(subject, past, threads)) {
            serve((verb, arguments) -> switch (verb) {
                case "fill" -> {
                    subject.fill(past);
                    yield "filled";
                }
                case "run" ->
                    load.run(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[0])))
                            .line();
                default -> more.carryOut(verb, arguments);
            });
        }
    }
}
