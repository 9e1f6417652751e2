package dev.rapport.command.imports;

import dev.rapport.command.Caller;
import dev.rapport.command.http.CommandProblems;
import dev.rapport.command.http.CommandRoutes;
import dev.rapport.command.http.RequestFacts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** Imports over HTTP: the answer begins while the request is still being sent, and neither side has to hold the other's lines. */
public final class ImportEndpoint {

    private final Importer importer;
    private final CommandProblems problems;
    private final JsonMapper json;

    public ImportEndpoint(Importer importer, CommandProblems problems, JsonMapper json) {
        this.importer = importer;
        this.problems = problems;
        this.json = json;
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST(CommandRoutes.BASE + "/imports", this::post)
                .onError(Throwable.class, problems::answer)
                .build();
    }

    private ServerResponse post(ServerRequest request) {
        RequestFacts facts = RequestFacts.of(request);
        Caller caller = facts.caller();
        facts.requireType(MediaType.APPLICATION_NDJSON);
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .build((servletRequest, servletResponse) -> {
                    stream(servletRequest, servletResponse, caller);
                    return (ModelAndView) null;
                });
    }

    private void stream(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        try (Spool spool = new Spool();
                ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor()) {
            response.flushBuffer();
            Future<?> copied = writer.submit(() -> {
                spool.copyTo(response.getOutputStream());
                return null;
            });
            try {
                importer.run(
                        request.getInputStream(),
                        caller,
                        new ImportAnswers(spool::write, json, problems, request.getRequestURI()));
            } finally {
                spool.complete();
                awaitCopied(copied);
            }
        }
    }

    private static void awaitCopied(Future<?> copied) throws IOException {
        try {
            copied.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException gone ? gone : new IOException(e.getCause());
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while answering an import", shuttingDown);
        }
    }
}
