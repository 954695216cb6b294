package io.quarkiverse.llm.benchmarks.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's client by itself: who asks sends records {@code there}, and another process sends each {@code back}. */
final class BareKafka {

    static final String THERE = "bare-there";
    static final String BACK = "bare-back";

    private final String servers;
    private final String linger;

    BareKafka(String servers, String linger) {
        this.servers = servers;
        this.linger = linger;
    }

    /** Sends back what it is sent, for ever. */
    void echo() {
        KafkaProducer<String, byte[]> producer = producer();
        new Reader(THERE, record -> producer.send(new ProducerRecord<>(BACK, record.key(), record.value()))).start();
    }

    /** One round: so many streams with a record of that size each 20 ms. */
    String measure(int streams, int interval, int size, int leadMillis, int seconds) throws InterruptedException {
        Latencies latencies = new Latencies();
        Pacer pacer = new Pacer("bare");
        AtomicBoolean on = new AtomicBoolean(true);
        KafkaProducer<String, byte[]> producer = producer();
        Reader reader = new Reader(BACK, record -> latencies.record(Stamp.age(new String(record.value(), UTF_8))));
        reader.start();
        for (int i = 0; i < streams; i++) {
            String key = UUID.randomUUID().toString();
            pacer.every(interval, () -> {
                if (on.get()) {
                    producer.send(new ProducerRecord<>(THERE, key, padded(Stamp.now(), size)));
                }
                return on.get();
            });
            Load.ramp(streams);
        }
        String result = latencies.measure(leadMillis, seconds);
        on.set(false);
        pacer.end();
        producer.close();
        reader.end();
        return result;
    }

    private static byte[] padded(String stamp, int size) {
        return (stamp + " ".repeat(size - stamp.length())).getBytes(UTF_8);
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(Map.of("bootstrap.servers", servers, "acks", "all", "enable.idempotence", "true",
                "linger.ms", linger), new StringSerializer(), new ByteArraySerializer());
    }

    private final class Reader extends Thread {

        private final String topic;
        private final Consumer<ConsumerRecord<String, byte[]>> taker;
        private volatile boolean ended;

        Reader(String topic, Consumer<ConsumerRecord<String, byte[]>> taker) {
            super(topic);
            setDaemon(true);
            this.topic = topic;
            this.taker = taker;
        }

        @Override
        public void run() {
            try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", servers,
                    "enable.auto.commit", "false", "auto.offset.reset", "latest", "max.poll.records", "1000"),
                    new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer.assign(consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition())).toList());
                consumer.seekToEnd(List.of());
                while (!ended) {
                    consumer.poll(Duration.ofMillis(100)).forEach(taker);
                }
            }
        }

        void end() throws InterruptedException {
            ended = true;
            join();
        }
    }
}
