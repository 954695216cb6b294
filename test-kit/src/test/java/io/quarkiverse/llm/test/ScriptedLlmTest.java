package io.quarkiverse.llm.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.scripted.Answer;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScriptedLlmTest {

    @RegisterExtension
    static final ScriptedLlm shared = new ScriptedLlm();

    @RegisterExtension
    final ScriptedLlm own = new ScriptedLlm();

    private static int sharedPort;
    private static int ownPort;

    private static HttpResponse<String> ask(ScriptedLlm llm) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(llm.baseUrl() + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString("{}")).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Order(1)
    void answers_what_is_enqueued() throws Exception {
        sharedPort = shared.server().port();
        ownPort = own.server().port();
        shared.enqueue(Answer.text("shared"), Answer.text("left over"));
        own.enqueue(Answer.text("own"));

        assertThat(ask(shared).body()).contains("shared");
        assertThat(ask(own).body()).contains("own");
    }

    @Test
    @Order(2)
    void static_server_stays_and_forgets() throws Exception {
        assertThat(shared.server().port()).isEqualTo(sharedPort);
        assertThat(shared.server().requests()).isEmpty();
        assertThat(ask(shared).statusCode()).isEqualTo(500);
    }

    @Test
    @Order(3)
    void server_of_an_instance_is_a_new_one_for_each_test() {
        assertThat(own.server().requests()).isEmpty();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ownPort)).build(),
                HttpResponse.BodyHandlers.ofString())).isInstanceOf(IOException.class);
    }

    @Test
    @Order(4)
    void extension_that_is_not_registered_says_so() {
        assertThatThrownBy(() -> new ScriptedLlm().server()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    @Nested
    class InANestedClass {

        @Test
        void static_server_is_the_same() {
            assertThat(shared.server().port()).isEqualTo(sharedPort);
        }
    }

    @Nested
    class InAnotherNestedClass {

        @Test
        void static_server_is_still_there() {
            assertThat(shared.server().port()).isEqualTo(sharedPort);
        }
    }
}
