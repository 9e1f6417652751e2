package dev.rapport.query.http;

import dev.rapport.events.problem.Problem;
import dev.rapport.query.consistency.ProjectedPosition;
import dev.rapport.query.consistency.ProjectedPosition.Reached;
import dev.rapport.query.database.Snapshots;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.InvocableHandlerMethod;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers lists and reports as a whole, at one position: in a snapshot of the read models, which it names, it asks the controller for page
 * after page as a caller would, and writes each down before it asks for the next. So no more than a page is ever kept, and whoever asks
 * sees in every form what a page shows.
 */
final class Exports {

    /** Every event up to this position is in the answer. */
    static final String POSITION = "Rapport-Position";

    /** No event after this position is in the answer. */
    static final String LATEST_POSITION = "Rapport-Latest-Position";

    private static final int BUFFER = 1 << 16;

    private final HandlerMethodArgumentResolverComposite resolvers;
    private final Snapshots snapshots;
    private final ProjectedPosition position;
    private final JsonMapper json;
    private final Semaphore running;

    Exports(
            List<HandlerMethodArgumentResolver> resolvers,
            Snapshots snapshots,
            ProjectedPosition position,
            JsonMapper json,
            ExportProperties properties) {
        this.resolvers = new HandlerMethodArgumentResolverComposite().addResolvers(resolvers);
        this.snapshots = snapshots;
        this.position = position;
        this.json = json;
        this.running = new Semaphore(properties.atOnce());
    }

    /** Answers a query in a form; a report is as JSON, too, what it was at one position. */
    void answer(HttpServletRequest request, HttpServletResponse response, HandlerMethod query, Representation form)
            throws Exception {
        if (form == Representation.JSON) {
            answerAtOnePosition(request, response, query, form);
            return;
        }
        if (!running.tryAcquire()) {
            throw QueryRefused.because(
                    Problem.UNAVAILABLE, "As many exports as run at the same time are running already.");
        }
        try {
            answerAtOnePosition(request, response, query, form);
        } finally {
            running.release();
        }
    }

    private void answerAtOnePosition(
            HttpServletRequest request, HttpServletResponse response, HandlerMethod query, Representation form)
            throws Exception {
        try {
            snapshots.read(() -> {
                Reached reached = position.reached();
                Answer answer = new Answer(request, response, query, form);
                answer.begin(reached);
                if (!request.getMethod().equals("HEAD")) {
                    answer.write();
                }
                return reached;
            });
        } catch (Exception failure) {
            if (!response.isCommitted()) {
                response.reset(); // nothing was told yet: let it be a problem
            }
            throw failure;
        }
    }

    /** One answer; its first page is asked for before anything is told, since it may be refused. */
    private final class Answer {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final HandlerMethod query;
        private final Representation form;
        private final Object first;

        Answer(HttpServletRequest request, HttpServletResponse response, HandlerMethod query, Representation form)
                throws Exception {
            this.request = request;
            this.response = response;
            this.query = query;
            this.form = form;
            this.first = isList() ? firstPage() : Objects.requireNonNull(asked(request));
        }

        private boolean isList() {
            return Representation.returnedBy(query.getMethod()).toClass() == Page.class;
        }

        private Page<?> firstPage() throws Exception {
            WholeList.refuseCursor(request);
            return page(null);
        }

        private Page<?> page(@Nullable String cursor) throws Exception {
            return (Page<?>) Objects.requireNonNull(asked(new WholeList(request, cursor)));
        }

        private @Nullable Object asked(HttpServletRequest asking) throws Exception {
            var method = new InvocableHandlerMethod(query.createWithResolvedBean());
            method.setHandlerMethodArgumentResolvers(resolvers);
            Object answer = method.invokeForRequest(new ServletWebRequest(asking, response), null);
            return answer instanceof ResponseEntity<?> entity ? entity.getBody() : answer;
        }

        void begin(Reached reached) {
            response.setContentType(form.answered());
            response.setHeader(POSITION, String.valueOf(reached.complete()));
            response.setHeader(LATEST_POSITION, String.valueOf(reached.latest()));
            if (form != Representation.JSON) {
                response.setHeader(
                        HttpHeaders.CONTENT_DISPOSITION, file(reached).toString());
            }
        }

        private ContentDisposition file(Reached reached) {
            String list = request.getRequestURI()
                    .replaceFirst("^/api/v1/", "")
                    .replace('/', '-')
                    .replaceAll("[^A-Za-z0-9._-]", "_");
            return ContentDisposition.attachment()
                    .filename(list + "-at-" + reached.complete() + "." + form.extension())
                    .build();
        }

        /** Nothing closes the stream but its end: a client has to see when it broke off. */
        void write() throws Exception {
            var out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
            switch (form) {
                case JSON -> out.write(json.writeValueAsBytes(first));
                case CSV -> writeRows(new CsvRows(Representation.rowOf(query.getMethod()), json), out);
                case NDJSON -> writeRows(new NdjsonRows(json), out);
                case GRAPHML -> writeGraph(out);
            }
            out.flush();
        }

        private void writeRows(RowWriter rows, OutputStream out) throws Exception {
            rows.begin(out);
            if (first instanceof Report<?> report) {
                for (Iterator<?> row = report.rows(); row.hasNext(); ) {
                    rows.write(row.next(), out);
                }
                return;
            }
            Page<?> page = (Page<?>) first;
            while (true) {
                for (Object row : page.items()) {
                    rows.write(row, out);
                }
                String next = page.nextCursor();
                if (next == null) {
                    return;
                }
                page = page(next);
            }
        }

        private void writeGraph(OutputStream out) throws XMLStreamException {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            ((Graph) first).writeGraphMl(xml);
            xml.flush();
        }
    }
}
