package dev.cinnabar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SignInTest {
    private static final TestDatabase DB = TestDatabase.open();
    private static final TestConsole CONSOLE = TestConsole.open(DB, InstantSource.system(), List.of(), true);

    @AfterAll
    static void close() {
        CONSOLE.close();
        DB.close();
    }

    @Test
    void opens() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(CONSOLE.address() + "/console/sign-in"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.statusCode() + " " + answer.headers() + answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
