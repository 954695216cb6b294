package io.quarkiverse.llm.benchmarks.fleet;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmMessages;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Does what the lines of its standard input say, and ends with it. Answers begin with {@code result}; there are
 * <ul>
 * <li>{@code echo}: sends back what comes over bare Kafka, from now on;
 * <li>{@code bare STREAMS MILLIS LEAD SECONDS}: a round over bare Kafka;
 * <li>{@code hop STREAMS MILLIS LEAD SECONDS}: a round through workers;
 * <li>{@code compiler}: milliseconds that the JIT compiler has taken so far;
 * <li>{@code throughput OUTSTANDING MILLIS LEAD SECONDS}: as many answers as workers can.
 * </ul>
 */
@QuarkusMain
public class Fleet implements QuarkusApplication {

    static final String POOL = "pool";

    private final LlmProviders providers;
    private final LlmMessages messages;
    private final BareKafka bare;

    Fleet(LlmProviders providers, LlmMessages messages, @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
            @ConfigProperty(name = "benchmark.bare-linger", defaultValue = "0") String linger) {
        this.providers = providers;
        this.messages = messages;
        this.bare = new BareKafka(servers, linger);
    }

    @Override
    public int run(String... arguments) throws Exception {
        System.out.println("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            int[] numbers = new int[words.length];
            for (int i = 1; i < words.length; i++) {
                numbers[i] = Integer.parseInt(words[i]);
            }
            System.out.println("result " + run(words[0], numbers));
        }
        return 0;
    }

    private String run(String command, int[] numbers) throws InterruptedException {
        return switch (command) {
            case "echo" -> {
                bare.echo();
                yield "";
            }
            case "compiler" -> String.valueOf(ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
            case "bare" -> bare.measure(numbers[1], numbers[2], size(), numbers[3], numbers[4]);
            case "hop" -> new Load(providers.get(POOL)).measure(numbers[1], numbers[2], numbers[3], numbers[4]);
            case "throughput" -> new Load(providers.get(POOL)).throughput(numbers[1], numbers[2], numbers[3], numbers[4]);
            default -> throw new IllegalArgumentException(command);
        };
    }

    /** Bytes of the payload of an event, without its headers. */
    private int size() {
        return messages.write(POOL + "-events", new LlmMessage.Event(MessageHeaders.create(),
                PacedProvider.delta("msg_" + MessageHeaders.create().correlationId(), Stamp.now()))).getPayload().length;
    }
}
