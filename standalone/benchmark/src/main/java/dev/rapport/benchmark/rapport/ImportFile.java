package dev.rapport.benchmark.rapport;

import dev.rapport.benchmark.subject.Step;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of commands that goes on until a time, without ever being there as a whole: stakeholders, their relationships, and what happened in
 * them, in the order in which it happened, so that a line is hardly ever about the same relationship as the one before.
 */
public final class ImportFile extends InputStream {

    private static final int AT_A_TIME = 100;
    private static final int EVENTS_OF_EACH = 25;
    private static final int AS_MUCH_AS_ANYBODY_ASKS_FOR = 1 << 20;

    private final long end;
    private int next;
    private List<byte[]> lines = List.of();
    private int line;
    private int at;
    private long count;

    /**
     * A file whose relationships are numbered from {@code first}.
     *
     * @param end by {@link System#nanoTime()}; the line that is begun then is the last
     */
    public ImportFile(int first, long end) {
        this.next = first;
        this.end = end;
    }

    /** How many lines were read so far. */
    public long count() {
        return count;
    }

    /** The number that the next file may begin with. */
    public int next() {
        return next;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (at == 0 && System.nanoTime() - end >= 0) {
            return -1;
        }
        if (line == lines.size()) {
            lines = more();
            line = 0;
        }
        byte[] current = lines.get(line);
        int read = Math.min(length, current.length - at);
        System.arraycopy(current, at, bytes, offset, read);
        at += read;
        if (at == current.length) {
            at = 0;
            line++;
            count++;
        }
        return read;
    }

    /** As of any file, whatever is not read yet is there. */
    @Override
    public int available() {
        boolean more = at > 0 || System.nanoTime() - end < 0;
        return more ? AS_MUCH_AS_ANYBODY_ASKS_FOR : 0;
    }

    private List<byte[]> more() {
        int first = next;
        next += AT_A_TIME;
        List<byte[]> made = new ArrayList<>();
        for (int relationship = first; relationship < next; relationship++) {
            Step step = Step.of(relationship, 0);
            made.add(line("""
                {"command":"RegisterStakeholder","id":"%s","name":"Stakeholder no. %d","kind":"SUPPLIER","group":"group %d"}\
                """.formatted(step.stakeholderId(), relationship, relationship % 20)));
        }
        for (int number = 0; number < EVENTS_OF_EACH; number++) {
            for (int relationship = first; relationship < next; relationship++) {
                made.add(line(json(Step.of(relationship, number))));
            }
        }
        return made;
    }

    private static byte[] line(String json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String json(Step step) {
        String beginning = "\",\"relationshipId\":\"" + step.relationshipId() + "\",";
        return "{\"command\":\""
                + switch (step.kind()) {
                    case ESTABLISHED -> """
                        EstablishRelationship","id":"%s","stakeholderId":"%s","purpose":"%s"}\
                        """.formatted(step.relationshipId(), step.stakeholderId(), step.text());
                    case INTERACTION ->
                        "LogInteraction" + beginning + """
                            "id":"%s","channel":"MEETING","summary":"%s","participants":["%s"],"sentiment":1}\
                            """.formatted(step.id(), step.text(), step.person());
                    case COMMITMENT ->
                        "RecordCommitment" + beginning + """
                            "id":"%s","madeBy":"THEM","statement":"%s","dueOn":"%s"}\
                            """.formatted(step.id(), step.text(), step.dueOn());
                    case FULFILMENT -> "FulfilCommitment" + beginning + """
                        "commitmentId":"%s","note":"%s"}\
                        """.formatted(step.commitmentId(), step.text());
                    case DISCLOSURE -> "RecordDisclosure" + beginning + """
                        "id":"%s","madeBy":"THEM","kind":"STATUS","subject":"%s"}\
                        """.formatted(step.id(), step.text());
                    case CONTRIBUTION -> "RecordContribution" + beginning + """
                        "id":"%s","givenBy":"US","statement":"%s"}\
                        """.formatted(step.id(), step.text());
                };
    }
}
