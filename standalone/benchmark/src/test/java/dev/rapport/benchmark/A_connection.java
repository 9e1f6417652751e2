package dev.rapport.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class A_connection {

    private ServerSocket server;
    private final ExecutorService answering = Executors.newSingleThreadExecutor();

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void hang_up() throws IOException {
        server.close();
        answering.close();
    }

    @Test
    void reads_answers_of_a_known_length_and_in_chunks_one_after_the_other() throws Exception {
        Future<?> answered = answer("HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nabc"
                + "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nde\r\n1\r\nf\r\n0\r\n\r\n"
                + "HTTP/1.1 204 No Content\r\n\r\n");
        try (Connection connection = new Connection(server.getLocalPort())) {
            assertThat(connection.read()).isEqualTo(new Connection.Answer(201, "abc"));
            assertThat(connection.read()).isEqualTo(new Connection.Answer(200, "def"));
            assertThat(connection.read()).isEqualTo(new Connection.Answer(204, ""));
        }
        answered.get();
    }

    @Test
    void has_the_token_of_what_was_written() throws Exception {
        Future<?> answered = answer("HTTP/1.1 201 Created\r\nconsistency-token: Ab-7\r\nContent-Length: 1\r\n\r\nx");
        try (Connection connection = new Connection(server.getLocalPort())) {
            assertThat(connection.read()).isEqualTo(new Connection.Answer(201, "x", "Ab-7"));
        }
        answered.get();
    }

    @Test
    void is_made_anew_when_the_server_wants_no_more_of_it() throws Exception {
        Future<?> first = answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n1");
        Future<?> second = answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2");
        try (Connection connection = new Connection(server.getLocalPort())) {
            assertThat(connection.send(new byte[0]).body()).isEqualTo("1");
            assertThat(connection.send(new byte[0]).body()).isEqualTo("2");
        }
        first.get();
        second.get();
    }

    @Test
    void does_not_take_half_an_answer_for_one() throws Exception {
        Future<?> answered = answer("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nabc");
        try (Connection connection = new Connection(server.getLocalPort())) {
            assertThatThrownBy(connection::read).isInstanceOf(EOFException.class);
        }
        answered.get();
    }

    private Future<?> answer(String bytes) {
        return answering.submit(() -> {
            try (Socket client = server.accept()) {
                client.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            }
            return null;
        });
    }
}
