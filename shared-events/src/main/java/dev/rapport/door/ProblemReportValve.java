package dev.rapport.door;

import java.io.IOException;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** What Tomcat refuses before any application is asked, such as a path that is no path, as a problem. */
final class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var told = FrameworkProblems.answer(response.getStatus(), request.getMethod(), request.getRequestURI());
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream()
                    .write(JsonMapper.shared().writeValueAsBytes(Objects.requireNonNull(told.getBody())));
            response.finishResponse();
        } catch (IOException gone) {
            container.getLogger().debug("a caller has hung up", gone);
        }
    }
}
