package dev.rapport.query.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Breaks off an answer that its caller does not take. The servlet API knows only how to finish one, which waits for a caller who does not
 * read; so Tomcat is asked, by way of an attribute of the request.
 */
@FunctionalInterface
interface HangUp {

    String ATTRIBUTE = HangUp.class.getName();

    /** To be called while the request is still being answered: Tomcat uses the same object for the next one. */
    void now(IOException why);

    /** Puts the attribute. */
    final class Valve extends ValveBase {

        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            HangUp hangUp = why -> request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, why);
            request.setAttribute(ATTRIBUTE, hangUp);
            getNext().invoke(request, response);
        }
    }
}
