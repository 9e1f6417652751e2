package dev.rapport.command.imports;

import dev.rapport.command.Caller;
import dev.rapport.command.http.CommandProblems;
import dev.rapport.command.http.CommandRoutes;
import dev.rapport.command.http.RequestFacts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.databind.json.JsonMapper;

/** Imports over HTTP: the answer begins while the request is still being sent, and neither side has to hold the other's lines. */
public final class ImportEndpoint {

    private static final Logger log = LoggerFactory.getLogger(ImportEndpoint.class);

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
            // closed whatever becomes of the import: a failure of the copying is its own, or suppressed by the first
            try (SpoolCopy _ = SpoolCopy.begin(spool, response.getOutputStream(), writer)) {
                importer.run(
                        request.getInputStream(),
                        caller,
                        new ImportAnswers(spool::write, json, problems, request.getRequestURI()));
            }
        } catch (ImportBrokenOff gone) {
            // the container has seen it and closes the connection: nobody takes half an answer for a whole one
            ImportSummary soFar = gone.soFar();
            log.warn(
                    "An import could not be read any further after {} lines: {} accepted, {} repeated, {} refused ({})",
                    soFar.lines(),
                    soFar.accepted(),
                    soFar.repeated(),
                    soFar.refused(),
                    String.valueOf(gone.getCause()));
            for (Throwable alsoFailed : gone.getSuppressed()) {
                if (!DisconnectedClientHelper.isClientDisconnectedException(alsoFailed)) {
                    log.error("What was answered to that import could not be sent", alsoFailed);
                }
            }
        } catch (IOException failed) {
            if (!DisconnectedClientHelper.isClientDisconnectedException(failed)) {
                throw failed;
            }
            log.warn("Whoever sent an import has hung up before all of it was answered ({})", failed.toString());
        }
    }
}
