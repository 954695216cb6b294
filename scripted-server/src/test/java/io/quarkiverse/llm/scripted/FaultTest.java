package io.quarkiverse.llm.scripted;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {

    private static final Answer HELLO = Answer.text("Hel", "lo").id("c");

    private final ScriptedServer server = ScriptedServer.start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    /** What a client sees that looks at the socket itself; ends when the server ends it. */
    private String onTheWire() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: "
                    + Client.STREAM.length() + "\r\n\r\n" + Client.STREAM).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String bodyOnTheWire() throws IOException {
        String response = onTheWire();
        return response.substring(response.indexOf("\r\n\r\n"));
    }

    private Outcome outcome() {
        return server.takeRequest(ofSeconds(5)).awaitOutcome(ofSeconds(5));
    }

    @Test
    void split_does_not_change_the_bytes() throws Exception {
        server.enqueue(HELLO.with(Fault.splitEveryByte()));

        assertThat(Client.text(Client.chunks(client.stream().body()))).isEqualTo("Hello");
    }

    @Test
    void split_writes_the_given_sizes_in_turn() throws Exception {
        server.enqueue(Answer.sse("data: abc\n\n").with(Fault.split(4, 3), Fault.dropAfterBytes(11)));

        assertThat(onTheWire()).endsWith("\r\n\r\n4\r\ndata\r\n3\r\n: a\r\n4\r\nbc\n\n\r\n");
    }

    @Test
    void random_split_is_the_same_for_the_same_seed() throws Exception {
        Answer answer = Answer.sse("data: abcdefghijklmnopqrstuvwxyz\n\n").with(Fault.dropAfterEvents(1));
        server.enqueue(answer.with(Fault.splitRandomly(7, 5)), answer.with(Fault.splitRandomly(7, 5)));

        assertThat(bodyOnTheWire()).isEqualTo(bodyOnTheWire()).doesNotContain("abcdef");
    }

    @Test
    void drop_closes_the_connection_inside_the_body() throws Exception {
        server.enqueue(HELLO.with(Fault.dropAfterEvents(2)));

        assertThat(onTheWire()).contains("Hel").doesNotContain("lo\"").doesNotContain("0\r\n\r\n");
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void drop_can_come_after_any_byte() throws Exception {
        server.enqueue(HELLO.with(Fault.dropAfterBytes(10)));

        assertThat(onTheWire()).endsWith("\r\n\r\na\r\ndata: {\"id\r\n");
    }

    @Test
    void drop_before_the_head_sends_nothing() throws Exception {
        server.enqueue(HELLO.with(Fault.dropBeforeHead()));

        assertThat(onTheWire()).isEmpty();
    }

    @Test
    void reset_is_seen_as_such_by_the_client() {
        server.enqueue(HELLO.with(Fault.resetBeforeHead()));

        assertThatThrownBy(this::onTheWire).isInstanceOf(IOException.class).hasMessageContaining("reset");
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void reset_inside_the_body_breaks_the_exchange_off() {
        server.enqueue(HELLO.with(Fault.resetAfterBytes(100)));

        assertThatThrownBy(client::stream).isInstanceOf(IOException.class);
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void early_end_looks_like_a_complete_response() throws Exception {
        server.enqueue(HELLO.with(Fault.endAfterEvents(2)));

        assertThat(Client.payloads(client.stream().body())).hasSize(2);
        assertThat(outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void stall_sends_so_much_and_no_more_until_the_client_goes() throws Exception {
        server.enqueue(HELLO.with(Fault.stallAfterBytes(6)));
        RecordedRequest request;
        try (InputStream body = client.openStream().body()) {
            assertThat(body.readNBytes(6)).asString().isEqualTo("data: ");
            request = server.takeRequest(ofSeconds(5));
            assertThat(request.outcome().toCompletableFuture()).isNotDone();
        }
        assertThat(request.awaitOutcome(ofSeconds(5))).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void stall_after_no_event_sends_the_head_alone() throws Exception {
        server.enqueue(HELLO.with(Fault.stallAfterEvents(0)));

        HttpResponse<InputStream> response = client.openStream();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(server.takeRequest(ofSeconds(5)).bytesWritten()).isZero();
        response.body().close();
    }

    @Test
    void stall_before_the_head_sends_nothing() throws Exception {
        server.enqueue(HELLO.with(Fault.stallBeforeHead()));
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            server.takeRequest(ofSeconds(5));
            assertThat(socket.getInputStream().available()).isZero();
        }
        // the record is taken, so only its end is asked for
        assertThat(server.requests().get(0).awaitOutcome(ofSeconds(5))).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void done_can_leave_the_socket_open() throws Exception {
        server.enqueue(HELLO.with(Framing.DONE_THEN_OPEN));
        try (InputStream body = client.openStream().body()) {
            StringBuilder read = new StringBuilder();
            while (read.indexOf("[DONE]\n\n") < 0) {
                read.append((char) body.read());
            }
            assertThat(server.takeRequest(ofSeconds(5)).outcome().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void finish_without_done_can_leave_the_socket_open() throws Exception {
        server.enqueue(HELLO.with(Framing.FINISH_THEN_OPEN, Fault.dropAfterEvents(5)));

        assertThat(onTheWire()).contains("\"usage\":{").doesNotContain("[DONE]");
    }

    @Test
    void stream_can_end_without_done() throws Exception {
        server.enqueue(HELLO.with(Framing.NO_DONE));

        assertThat(Client.payloads(client.stream().body())).hasSize(5).doesNotContain("[DONE]");
    }

    @Test
    void lines_can_end_with_crlf_or_cr() throws Exception {
        server.enqueue(HELLO.with(Framing.NO_DONE), HELLO.with(Framing.CRLF), HELLO.with(Framing.CR));
        client.stream();

        assertThat(client.stream().body()).endsWith("data: [DONE]\r\n\r\n").doesNotContain("\n\n");
        assertThat(client.stream().body()).endsWith("data: [DONE]\r\r").doesNotContain("\n");
    }

    @Test
    void stream_can_begin_with_a_byte_order_mark() throws Exception {
        server.enqueue(HELLO.with(Framing.BOM));

        assertThat(client.streamBytes().body()).startsWith(0xEF, 0xBB, 0xBF, 'd', 'a', 't', 'a');
    }

    @Test
    void comments_stand_between_the_events() throws Exception {
        server.enqueue(HELLO.with(Framing.COMMENTS));

        String stream = client.stream().body();

        assertThat(stream).startsWith(": ping\n\ndata: ").contains("\n\n:\n\ndata:");
        assertThat(Client.text(Client.chunks(stream))).isEqualTo("Hello");
    }

    @Test
    void payload_can_go_over_several_lines() throws Exception {
        server.enqueue(HELLO.with(Framing.MULTI_LINE_DATA));

        String first = client.stream().body().split("\n\n")[0];

        assertThat(first.lines()).hasSizeGreaterThan(3).allMatch(line -> line.startsWith("data: "));
        assertThat(Json.object(String.join("\n", Client.payloads(first))).getString("id")).isEqualTo("c");
    }

    @Test
    void fields_beside_the_data_and_colons_without_space() throws Exception {
        server.enqueue(HELLO.with(Framing.EXTRA_FIELDS, Framing.NO_SPACE_AFTER_COLON));

        assertThat(client.stream().body()).startsWith("event:message\nid:0\nretry:3000\ndata:{");
    }

    @Test
    void last_event_can_lack_its_blank_line() throws Exception {
        server.enqueue(HELLO.with(Framing.NO_LAST_BLANK_LINE));

        assertThat(client.stream().body()).endsWith("\n\ndata: [DONE]");
    }

    @Test
    void body_can_be_compressed() throws Exception {
        server.enqueue(HELLO.with(Framing.GZIP, Fault.splitEveryByte()));

        HttpResponse<byte[]> response = client.streamBytes();

        assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
        String stream = new String(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes());
        assertThat(Client.text(Client.chunks(stream))).isEqualTo("Hello");
    }

    @Test
    void content_type_can_lie() throws Exception {
        server.enqueue(HELLO.with(Fault.contentType("text/html")));

        HttpResponse<String> response = client.stream();

        assertThat(response.headers().firstValue("content-type")).contains("text/html");
        assertThat(response.body()).startsWith("data: ");
    }

    @Test
    void faults_of_bytes_work_on_whole_answers_too() {
        server.enqueue(HELLO.with(Fault.dropAfterBytes(20)));

        assertThatThrownBy(() -> client.post("/chat/completions", Client.WHOLE, BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }
}
