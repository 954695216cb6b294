package io.quarkiverse.llm.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonObject;

/**
 * Answers each turn with a call that tells which turn it takes it for, from all that the model would see. Says {@code port N};
 * to each line of its input the mean bytes of each turn's request since the last one, and forgets them.
 */
public final class ToolChainServer {

    private final long[] bytes = new long[ToolChain.TURNS];
    private final long[] requests = new long[ToolChain.TURNS];

    public static void main(String[] arguments) throws Exception {
        ToolChainServer turns = new ToolChainServer();
        try (ScriptedServer server = ScriptedServer.start()) {
            server.respond(turns::answer);
            System.out.println("port " + server.port());
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
            while (lines.readLine() != null) {
                // a reset breaks off what the client may have seen the end of already
                server.requests().forEach(RecordedRequest::awaitOutcome);
                server.reset().respond(turns::answer);
                System.out.println("bytes " + turns.means());
            }
        }
    }

    private synchronized Answer answer(RecordedRequest request) {
        List<JsonObject> input = request.effectiveInput();
        int turn = (input.size() + 1) / 2;
        bytes[turn - 1] += request.bodyBytes();
        requests[turn - 1]++;
        Matcher chain = ToolChain.NAME.matcher(input.get(0).encode());
        chain.find();
        return Answer.toolCall(ToolChain.callId(chain.group(), turn), "read_file", "{\"path\":", "\"src/main/", "resources/",
                "a.txt\"}");
    }

    private synchronized String means() {
        long[] means = new long[bytes.length];
        Arrays.setAll(means, turn -> bytes[turn] / Math.max(1, requests[turn]));
        Arrays.fill(bytes, 0);
        Arrays.fill(requests, 0);
        return Arrays.stream(means).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }
}
