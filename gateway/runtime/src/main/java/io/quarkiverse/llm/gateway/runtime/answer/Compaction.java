package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.gateway.runtime.compaction.CompactedWindow;
import io.quarkiverse.llm.gateway.runtime.compaction.Cut;
import io.quarkiverse.llm.gateway.runtime.routing.Target;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;

/** Makes conversations shorter: answers with what the client goes on with in place of the conversation. */
public final class Compaction extends RequestReader {

    public Compaction(Gateway gateway, ResponsesServerCodec codec) {
        super(gateway, codec, new CompactDecoding(codec, gateway.degrade(), gateway.turns(), gateway.sealing()));
    }

    @Override
    void answer(Exchange exchange, Asked asked, Target target, Prepared prepared) {
        Cut cut = asked.shortening().flatMap(shortening -> shortening.cut().get()).orElseThrow();
        exchange.await(target.provider().complete(prepared.request()), response -> {
            exchange.report().firstToken();
            exchange.report().answered(response);
            Summary summary = Summary.of(response);
            List<RawJson> window = CompactedWindow.of(cut, summary.notes(), new Seal(gateway.sealing(), exchange.owner()));
            exchange.answer(resource(window, summary.usage().orElseGet(() -> Usage.of(0, 0))), "compacted");
        });
    }

    private static byte[] resource(List<RawJson> window, Usage usage) {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        fields.put("id", RawJson.verbatim(JsonText.quoted(Ids.made("resp"))));
        fields.put("object", RawJson.verbatim("\"response.compaction\""));
        fields.put("created_at", number(Instant.now().getEpochSecond()));
        fields.put("output",
                RawJson.verbatim(window.stream().map(RawJson::text).collect(Collectors.joining(",", "[", "]"))));
        fields.put("usage", usage(usage));
        return JsonText.object(fields).text().getBytes(StandardCharsets.UTF_8);
    }

    private static RawJson usage(Usage usage) {
        Map<String, RawJson> read = new LinkedHashMap<>();
        read.put("cached_tokens", number(usage.cachedInputTokens()));
        read.put("cache_write_tokens", number(usage.cacheWriteTokens()));
        Map<String, RawJson> fields = new LinkedHashMap<>();
        fields.put("input_tokens", number(usage.inputTokens()));
        fields.put("input_tokens_details", JsonText.object(read));
        fields.put("output_tokens", number(usage.outputTokens()));
        fields.put("output_tokens_details", JsonText.object(Map.of("reasoning_tokens", number(usage.reasoningTokens()))));
        fields.put("total_tokens", number(usage.totalTokens()));
        return JsonText.object(fields);
    }

    private static RawJson number(long value) {
        return RawJson.verbatim(String.valueOf(value));
    }
}
