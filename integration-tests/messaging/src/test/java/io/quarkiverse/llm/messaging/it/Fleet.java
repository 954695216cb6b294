package io.quarkiverse.llm.messaging.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.llm.gateway.program.PackagedProgram;
import io.quarkiverse.llm.gateway.redis.RedisServerProcess;
import io.quarkiverse.llm.messaging.broker.KafkaBroker;
import io.vertx.core.json.JsonObject;

/**
 * Two gateways in front of Kafka in front of workers in front of a model: the packaged application of this module, which
 * becomes the one or the other by its environment.
 */
final class Fleet implements AutoCloseable {

    /** Where the second gateway gets its answers, and nobody else. */
    static final String EVENTS_OF_SECOND = "pool-events-b";
    /** A crash of a worker shows after it: soon, and not for every pause of a loaded machine. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    private static final Pattern ADDRESS = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    /** For keys of channels: from a variable of the environment, a channel {@code pool} would be read as well. */
    private static final String PROPERTIES = "JAVA_TOOL_OPTIONS";
    /** Many start on few processors, and none lives for long: the half of their work would be to compile themselves well. */
    private static final String SHORT_LIVED = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ModelServer model = new ModelServer();
    private final KafkaBroker kafka;
    private final RedisServerProcess redis;
    private final Map<String, PackagedProgram> workers = new LinkedHashMap<>();
    private final List<PackagedProgram> gateways = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private int started;

    private Fleet() {
        redis = RedisServerProcess.durable();
        kafka = KafkaBroker.started();
        kafka.createTopic("pool-requests", 8);
        kafka.createTopic("pool-events", 4);
        kafka.createTopic(EVENTS_OF_SECOND, 4);
        for (String topic : List.of("pool-cancels", "pool-responses", "pool-dead-letters")) {
            kafka.createTopic(topic, 1);
        }
    }

    /** With two gateways and two workers. */
    static Fleet started() {
        Fleet fleet = new Fleet();
        try {
            fleet.gateways.add(fleet.gateway("gateway-a-", Map.of()));
            fleet.gateways.add(fleet.gateway("gateway-b-", Map.of(
                    "QUARKUS_LLM_MESSAGING_REMOTES_POOL_REPLY_TO", EVENTS_OF_SECOND,
                    PROPERTIES, "-Dmp.messaging.incoming.pool-events.topic=" + EVENTS_OF_SECOND)));
            fleet.whole();
            for (PackagedProgram gateway : fleet.gateways) {
                awaitReady(gateway);
                fleet.addresses.add(address(gateway));
            }
            return fleet;
        } catch (RuntimeException | Error e) {
            fleet.close();
            throw e;
        }
    }

    private PackagedProgram gateway(String name, Map<String, String> own) {
        Map<String, String> environment = new LinkedHashMap<>(Map.of(
                "QUARKUS_LLM_ACTIVE", "pool",
                "QUARKUS_LLM_MESSAGING_REMOTES_POOL_MODELS", "any",
                "QUARKUS_LLM_MESSAGING_REMOTES_POOL_MAX_WAITING_SIZE", "1M",
                "QUARKUS_LLM_GATEWAY_AUTHENTICATION", "none",
                "QUARKUS_LLM_GATEWAY_STORE_TYPE", "redis",
                "QUARKUS_REDIS_HOSTS", redis.url()));
        environment.putAll(own);
        return PackagedProgram.start(name, with(environment));
    }

    private PackagedProgram worker(String name) {
        return PackagedProgram.start(name + "-", with(Map.of(
                "QUARKUS_LLM_MESSAGING_WORKERS_POOL_PROVIDER", "upstream",
                "QUARKUS_LLM_MESSAGING_WORKERS_POOL_SHUTDOWN_TIMEOUT", "3s",
                PROPERTIES, "-Dmp.messaging.incoming.pool-requests.session.timeout.ms=" + SESSION_TIMEOUT.toMillis(),
                "QUARKUS_LLM_UPSTREAM_BASE_URL", model.baseUrl(),
                "QUARKUS_LLM_UPSTREAM_WIRE_API", "chat-completions",
                // the model sees who asks
                "QUARKUS_LLM_UPSTREAM_ORGANIZATION", name,
                "QUARKUS_LLM_GATEWAY_ACTIVE", "false")));
    }

    private Map<String, String> with(Map<String, String> role) {
        Map<String, String> environment = new LinkedHashMap<>(role);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.merge(PROPERTIES, SHORT_LIVED, (own, all) -> all + own);
        return environment;
    }

    ModelServer model() {
        return model;
    }

    KafkaBroker kafka() {
        return kafka;
    }

    /** Of the gateway with this number, as often as one likes around. */
    String gateway(int number) {
        return addresses.get(Math.floorMod(number, addresses.size()));
    }

    List<PackagedProgram> gateways() {
        return gateways;
    }

    /** Starts or stops workers until there are two that are ready. */
    void whole() {
        workers.entrySet().removeIf(worker -> !worker.getValue().isAlive());
        List<String> names = new ArrayList<>(workers.keySet());
        while (names.size() > 2) {
            terminate(names.remove(0));
        }
        while (workers.size() < 2) {
            startWorker();
        }
        awaitWorkers();
    }

    /** Adds a worker, and does not wait until it is ready. */
    String startWorker() {
        String name = "worker-" + ++started;
        workers.put(name, worker(name));
        return name;
    }

    void awaitWorkers() {
        workers.values().forEach(Fleet::awaitReady);
        log().awaitAssignment(workers.size());
    }

    /** As {@code kill -9}. */
    void kill(String worker) {
        workers.remove(worker).close();
    }

    /** As {@code kill}, until it has ended. */
    void terminate(String worker) {
        PackagedProgram program = beginToTerminate(worker);
        program.awaitExit();
        program.close();
    }

    /** As {@code kill}; who calls waits for the end. */
    PackagedProgram beginToTerminate(String worker) {
        PackagedProgram program = workers.remove(worker);
        program.terminate();
        return program;
    }

    RequestLog log() {
        return new RequestLog(kafka);
    }

    private static String address(PackagedProgram program) {
        return "http://127.0.0.1:" + program.awaitLog(ADDRESS).group(1);
    }

    private static void awaitReady(PackagedProgram program) {
        program.await("get ready", () -> readiness(program) == 200);
    }

    /** Until all of them have noticed that something is away. */
    void awaitNobodyReady() {
        Stream.of(gateways, workers.values()).flatMap(Collection::stream)
                .forEach(program -> program.await("notice", () -> readiness(program) == 503));
    }

    private static int readiness(PackagedProgram program) throws IOException, InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create(address(program) + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5)).build();
        return HTTP.send(ready, BodyHandlers.discarding()).statusCode();
    }

    /** A request that has this many tokens in its answer. */
    static JsonObject request(String name, int tokens) {
        return new JsonObject().put("model", "any").put("stream", true).put("input", ModelServer.prompt(name, tokens));
    }

    /** The id of a new conversation, which both gateways know. */
    String conversation() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway(0) + "/v1/conversations"))
                .header("content-type", "application/json").POST(BodyPublishers.ofString("{}")).build();
        try {
            return new JsonObject(HTTP.send(request, BodyHandlers.ofString()).body()).getString("id");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks the gateway with this number. */
    Call ask(int gateway, String name, int tokens) {
        return Call.start(gateway(gateway), request(name, tokens), ModelServer.text(name, tokens));
    }

    @Override
    public void close() {
        workers.values().forEach(PackagedProgram::close);
        gateways.forEach(PackagedProgram::close);
        kafka.close();
        redis.close();
        model.close();
    }
}
