package dev.rapport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.client.http.Credentials;
import dev.rapport.client.http.Patience;
import dev.rapport.client.http.RapportApi;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is sent by https goes to whom the certificate names, and to nobody else. */
class An_encrypted_import {

    private static final String PASSWORD = "password";

    @TempDir
    private Path folder;

    private SSLContext before;
    private Path file;

    @BeforeEach
    void trustACertificateOfLocalhost() throws Exception {
        before = SSLContext.getDefault();
        SSLContext.setDefault(localhost());
        file = Files.writeString(folder.resolve("one.ndjson"), "{\"command\":\"RetireObjective\",\"id\":\"1\"}\n");
    }

    @AfterEach
    void trustAsBefore() {
        SSLContext.setDefault(before);
    }

    /** Made by the JDK that the test runs on, and trusted by whoever has the context. */
    private SSLContext localhost() throws Exception {
        Path store = folder.resolve("keys.p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start()
                .waitFor();
        assertThat(made).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("localhost", keys.getCertificate("localhost"));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    private Typed importTo(String address, String... more) {
        return Typed.rapport(
                Typed.signedIn(address),
                Stream.concat(Stream.of("import", file.toString(), "--retries", "0"), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void goes_to_whom_the_certificate_names() throws Exception {
        try (RapportOfATest rapport = RapportOfATest.encrypted(SSLContext.getDefault())) {
            Typed typed = importTo("https://localhost:" + rapport.port());

            assertThat(typed.exit()).as(typed.err()).isZero();
            assertThat(rapport.imports()).hasSize(1);
        }
    }

    @Test
    void goes_to_nobody_whom_it_does_not_name() throws Exception {
        try (RapportOfATest rapport = RapportOfATest.encrypted(SSLContext.getDefault())) {
            Typed typed = importTo("https://127.0.0.1:" + rapport.port());

            assertThat(typed.exit()).isEqualTo(4);
            assertThat(rapport.requests()).isEmpty();
        }
    }

    /** The request to import has a connection of its own, which has to be as careful as all others. */
    @Test
    void is_as_careful_on_the_connection_of_the_import() throws Exception {
        try (RapportOfATest rapport = RapportOfATest.encrypted(SSLContext.getDefault())) {
            var api = new RapportApi(
                    URI.create("https://127.0.0.1:" + rapport.port()),
                    Credentials.basic("a", "b"),
                    new Patience(0, Duration.ZERO, Duration.ofSeconds(60)));

            assertThatThrownBy(api::openImport).isInstanceOf(SSLHandshakeException.class);
        }
    }

    /** Encryption would wait for the one who is sending, who waits for somebody who doesn't listen. */
    @Test
    @Timeout(30)
    void is_given_up_where_nobody_listens() throws Exception {
        Files.write(
                file,
                Collections.nCopies(
                        3_000, "{\"command\":\"LogInteraction\",\"summary\":\"" + "x".repeat(5_000) + "\"}"));
        try (RapportOfATest rapport =
                RapportOfATest.encrypted(SSLContext.getDefault()).deafToImports()) {
            Typed typed = importTo("https://localhost:" + rapport.port(), "--timeout", "1");

            assertThat(typed.exit()).as(typed.err()).isEqualTo(4);
            assertThat(typed.err()).contains("no answer from https://localhost:" + rapport.port());
        }
    }

    @Test
    @Timeout(30)
    void is_given_up_where_nobody_says_who_they_are() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var api = new RapportApi(
                    URI.create("https://127.0.0.1:" + mute.getLocalPort()),
                    Credentials.basic("a", "b"),
                    new Patience(0, Duration.ZERO, Duration.ofSeconds(1)));

            assertThatThrownBy(api::openImport).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
