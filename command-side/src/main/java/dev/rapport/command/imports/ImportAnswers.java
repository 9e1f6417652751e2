package dev.rapport.command.imports;

import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.Answer.Refused;
import dev.rapport.command.http.CommandProblems;
import dev.rapport.command.http.CommandProblems.Told;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Tells what became of an import as NDJSON, a line a command. */
final class ImportAnswers implements ImportListener {

    /** Takes whole lines. */
    interface Sink {
        void write(byte[] line) throws IOException;
    }

    private final Sink sink;
    private final JsonMapper json;
    private final CommandProblems problems;
    private final String path;

    ImportAnswers(Sink sink, JsonMapper json, CommandProblems problems, String path) {
        this.sink = sink;
        this.json = json;
        this.problems = problems;
        this.path = path;
    }

    @Override
    public void decided(long line, Given given) throws IOException {
        switch (given.answer()) {
            case Accepted accepted -> {
                write(line, given.replayed() ? 200 : 201, "id", accepted.id());
            }
            case Refused refused -> problem(line, problems.tell(refused));
        }
    }

    @Override
    public void failed(long line, Exception failure) throws IOException {
        problem(line, problems.tell(failure));
    }

    @Override
    public void finished(ImportSummary summary) throws IOException {
        write(summary);
    }

    private void problem(long line, Told told) throws IOException {
        write(line, told.problem().status(), "problem", told.about(path));
    }

    private void write(long line, int status, String name, Object value) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("line", line);
        answer.put("status", status);
        answer.put(name, value);
        write(answer);
    }

    private void write(Object answer) throws IOException {
        byte[] object = json.writeValueAsBytes(answer);
        byte[] line = Arrays.copyOf(object, object.length + 1);
        line[object.length] = '\n';
        sink.write(line);
    }
}
