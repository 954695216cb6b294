package io.quarkiverse.llm.gateway.runtime.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class TokenEstimatePropertyTest {

    private static long of(String... texts) {
        return TokenEstimate.of(LlmRequest.builder().input(Stream.of(texts).map(Message::user).toList()).build());
    }

    @Property
    void a_token_is_four_bytes(@ForAll @CharRange(from = 0, to = '\uD7FF') String text) {
        assertThat(of(text)).isEqualTo((text.getBytes(StandardCharsets.UTF_8).length + 16) / 4);
    }

    @Property
    void what_is_said_more_counts_more(@ForAll String one, @ForAll @StringLength(min = 4) String other) {
        assertThat(of(one, other)).isGreaterThan(of(one));
        assertThat(of(one + other)).isGreaterThan(of(one));
    }

    @Property
    void how_large_an_image_is_does_not_count(@ForAll String data) {
        LlmRequest request = LlmRequest.builder()
                .input(List.of(Message.of(Role.USER, List.of(Content.image("data:image/png;base64," + data))))).build();
        assertThat(TokenEstimate.of(request)).isEqualTo(1_004);
    }

    @Property
    void a_shortened_text_has_its_beginning_and_its_end(@ForAll @StringLength(max = 300) String text) {
        String shortened = Transcript.shortened(text, 100);
        if (text.length() <= 100) {
            assertThat(shortened).isSameAs(text);
        } else {
            assertThat(shortened).startsWith(text.substring(0, 49)).endsWith(text.substring(text.length() - 49))
                    .contains("characters left out");
            assertThat(shortened.length()).isLessThan(160);
        }
    }
}
