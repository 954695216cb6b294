package io.quarkiverse.llm.messaging.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What the guide has an application say of its own channels is what configured workers and remotes get. */
class KafkaDefaultsGuideTest {

    private static final Path GUIDE = Path.of("../../docs/modules/ROOT/pages/messaging.adoc");
    /** The process, in the place of the one that is made up at each start. */
    private static final String PROCESS = "${quarkus.uuid}";

    private static Map<String, String> shown(String channel) throws IOException {
        String prefix = "mp.messaging." + channel + ".";
        Map<String, String> shown = new TreeMap<>();
        try (Stream<String> lines = Files.lines(GUIDE)) {
            lines.filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length()).split("=", 2))
                    .forEach(pair -> shown.put(pair[0], pair[1]));
        }
        return shown;
    }

    private static Map<String, String> given(ChannelEnd.Content content, boolean incoming, String owner) {
        ChannelEnd end = new ChannelEnd(owner, content, incoming);
        Map<String, String> given = new TreeMap<>(KafkaDefaults.needed(end, PROCESS));
        given.putAll(KafkaDefaults.tuning(end));
        // Quarkus finds them by the types of the method, and the connector commits nothing by itself unless told to
        given.keySet().removeIf(attribute -> attribute.endsWith("serializer") || attribute.equals("enable.auto.commit"));
        return given;
    }

    @Test
    void aWorkerByHandReadsAsAConfiguredOne() throws IOException {
        Map<String, String> shown = shown("incoming.questions");
        // a configured worker has a channel for them
        assertThat(shown.keySet()).contains("dead-letter-queue.topic", "dead-letter-queue.acks");
        shown.keySet().removeIf(attribute -> attribute.startsWith("dead-letter-queue."));
        assertThat(shown).isEqualTo(given(ChannelEnd.Content.REQUESTS, true, "questions"));
    }

    @Test
    void aWorkerByHandWritesAsAConfiguredOne() throws IOException {
        assertThat(shown("outgoing.answers")).isEqualTo(given(ChannelEnd.Content.EVENTS, false, "answers"));
    }

    @Test
    void eachProcessIsToldWhatToStop() throws IOException {
        Map<String, String> given = given(ChannelEnd.Content.CANCELS, true, "stops");
        given.put("group.id", "stops-" + PROCESS);
        assertThat(shown("incoming.stops")).isEqualTo(given);
    }
}
