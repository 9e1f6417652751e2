package dev.rapport.door;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the container turns to with what no handler answered, such as a method that it refuses itself. */
@RestController
class ErrorPageController implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    @Nullable
    ResponseEntity<ProblemDocument> answer(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null; // half an answer was told: a problem at its end would look like a part of it
        }
        // asked for directly, it is a path at which there is nothing
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer told
                ? told
                : HttpStatus.NOT_FOUND.value();
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked
                ? asked
                : request.getRequestURI();
        return FrameworkProblems.answer(status, request.getMethod(), path);
    }
}
