package dev.rapport.door;

import dev.rapport.door.SecurityLog.Kind;
import dev.rapport.events.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Tells a signed-in caller why a request goes no further: the roles do not open the operation, or there is no such operation. */
record ClosedDoors(Refusals refusals) implements AccessDeniedHandler {

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        List<String> methods = Operations.methods(request);
        boolean isForOperators =
                EndpointRequest.toAnyEndpoint().excludingLinks().matches(request);
        if (methods.isEmpty() && !isForOperators) {
            refusals.write(Problem.NOT_FOUND, "There is nothing at this path.", request, response);
        } else if (!isForOperators && !methods.contains(request.getMethod())) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
            refusals.write(
                    Problem.METHOD_NOT_ALLOWED,
                    "This path does not take " + request.getMethod() + ".",
                    request,
                    response);
        } else {
            refusals.logged(
                    Kind.ACCESS_REFUSED, Problem.FORBIDDEN, "None of your roles may do this.", request, response);
        }
    }
}
