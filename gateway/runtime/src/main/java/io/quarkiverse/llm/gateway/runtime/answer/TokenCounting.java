package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.gateway.runtime.routing.Target;
import io.quarkiverse.llm.runtime.wire.ServerCodec;
import io.smallrye.mutiny.Uni;

/** Counts the tokens of a request's input: the provider's server does, or nobody. */
public final class TokenCounting extends RequestReader {

    public TokenCounting(Gateway gateway, ServerCodec codec) {
        super(gateway, codec);
    }

    @Override
    void answer(Exchange exchange, Asked asked, Target target, Prepared prepared) {
        Uni<Long> count = target.provider().inputTokens(prepared.request())
                .onFailure(LlmUnsupportedException.class)
                .transform(unsupported -> RefusedException.notCounted("The provider of this model cannot count input tokens: "
                        + unsupported.getMessage()));
        exchange.await(count, tokens -> exchange.answer(
                ("{\"object\":\"response.input_tokens\",\"input_tokens\":" + tokens + "}")
                        .getBytes(StandardCharsets.US_ASCII),
                "counted"));
    }
}
