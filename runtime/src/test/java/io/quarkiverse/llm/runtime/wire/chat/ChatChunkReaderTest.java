package io.quarkiverse.llm.runtime.wire.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever a reader remembers of the chunks before, it reads each as a new reader would. */
class ChatChunkReaderTest {

    private static final String HEAD = "{\"id\":\"c1\",\"created\":1764964102,\"model\":\"m\",\"choices\":[{\"index\":0,";
    private static final String TAIL = ",\"finish_reason\":null}],\"usage\":null";
    private static final List<String> DELTAS = List.of("{\"content\":\"%s\"}",
            "{\"content\":\"\",\"reasoning_content\":\"%s\"}",
            "{\"reasoning\":\"%s\"}", "{\"reasoning\":\"%s\",\"reasoning_content\":\"%1$s\"}",
            "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}", "{\"content\":\"%s\",\"content\":\"\"}",
            "{\"content\":\"%s\",\"content\":\"%1$s\"}", "{\"refusal\":\"%s\"}",
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%s\"}}]}",
            "{\"tool_calls\":[{\"index\":1,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"%s\"}}]}",
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%s\",\"arguments\":\"\"}}]}",
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%s\"}},{\"index\":1,\"function\":{\"arguments\":\"\"}}]}",
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":{\"a\":\"%s\"}}}]}",
            "{\"function_call\":{\"arguments\":\"%s\"}}");

    private record Call(byte[] bytes, boolean identified, boolean started) {

        String read(ChatChunkReader reader) {
            try {
                return said(reader.read(bytes, 0, bytes.length, identified, started));
            } catch (IOException e) {
                return "no JSON";
            }
        }
    }

    @Property(tries = 5_000)
    void eachChunkIsReadAsByANewReader(@ForAll("streams") List<Call> chunks) {
        ChatChunkReader reader = new ChatChunkReader();

        for (Call chunk : chunks) {
            assertThat(chunk.read(reader)).as(() -> new String(chunk.bytes, UTF_8))
                    .isEqualTo(chunk.read(new ChatChunkReader()));
        }
    }

    /**
     * The wholly random would never come near what has been remembered: chunks of one stream, most of them as they should be.
     */
    @Provide
    Arbitrary<List<Call>> streams() {
        Arbitrary<String> text = Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.of(" the", "Hi", "größer", "")),
                Tuple.of(2, Arbitraries.of("\\n", "\\\"a\\\"", "\\\\", "\\u00e4", "\\ud83d\\ude00", "😀")),
                Tuple.of(1, Arbitraries.of("\\q", "\n", "\uFFFD", "\\", "\"", "\\ud83d", "\",\"content\":\"x")));
        Arbitrary<String> padding = Arbitraries.of("", ",\"obfuscation\":\"a1\"", ",\"obfuscation\":\"\"",
                ",\"obfuscation\":\"\\q\"", ",\"obfuscation\":null", ",\"error\":\"x\"");
        return Arbitraries.of(DELTAS).list().ofMinSize(1).ofMaxSize(2).flatMap(deltas -> {
            Arbitrary<String> delta = Arbitraries.of(deltas);
            Arbitrary<String> chunk = Combinators.combine(delta, text, padding, Arbitraries.of("delta", "delta", "message"))
                    .as((form, value, padded, name) -> HEAD + "\"" + name + "\":" + form.formatted(value) + TAIL + padded
                            + "}");
            Arbitrary<byte[]> bytes = Combinators.combine(chunk, Arbitraries.integers().between(0, 10_000),
                    Arbitraries.integers().between(-128, 127), Arbitraries.integers().between(0, 9))
                    .as(ChatChunkReaderTest::spoilt);
            Arbitrary<Boolean> mostly = Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false));
            return Combinators.combine(bytes, mostly, mostly).as(Call::new).list().ofMinSize(2).ofMaxSize(8);
        });
    }

    private static byte[] spoilt(String chunk, int place, int value, int how) {
        byte[] bytes = chunk.getBytes(UTF_8);
        int at = place % bytes.length;
        switch (how) {
            case 0 -> bytes[at] = (byte) value;
            case 1 -> bytes = (chunk.substring(0, place % chunk.length()) + chunk.substring(place % chunk.length() + 1))
                    .getBytes(UTF_8);
            default -> {
                // as it should be
            }
        }
        return bytes;
    }

    @Example
    void theDeltasOfAStreamAreReadInTheirOrder() {
        ChatChunkReader reader = new ChatChunkReader();

        for (String text : List.of("a", "b", "c")) {
            byte[] chunk = (HEAD + "\"delta\":{\"content\":\"" + text + "\"}" + TAIL + "}").getBytes(ISO_8859_1);
            assertThat(new Call(chunk, true, true).read(reader)).contains("content=" + text + ";");
        }
    }

    private static String said(ChatChunk chunk) {
        return "id=" + chunk.id + ";model=" + chunk.model + ";created=" + chunk.created + ";tier=" + chunk.serviceTier
                + ";choice=" + chunk.hasChoice + ";further=" + chunk.furtherChoice + ";content=" + chunk.content
                + ";reasoning=" + chunk.reasoningContent + "/" + chunk.reasoning + ";refusal=" + chunk.refusal
                + ";logprobs=" + chunk.logprobs + ";finish=" + chunk.finishReason + ";usage=" + chunk.usage
                + ";error=" + chunk.hasError + ";calls=" + chunk.toolFragments + ";annotations=" + chunk.annotations;
    }
}
