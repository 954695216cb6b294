package io.quarkiverse.llm.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import com.openai.models.responses.ResponseCreateParams;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkus.test.junit.QuarkusTest;

/** The official client finds models, and understands failures. */
@QuarkusTest
@WithProviders
class OpenAiJavaModelsAndErrorsTest extends OfficialClientTest {

    private static ResponseCreateParams response(String model) {
        return ResponseCreateParams.builder().model(model).input("Hi").build();
    }

    private static ChatCompletionCreateParams chat(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hi").build();
    }

    @Test
    void modelsAreListed() {
        assertThat(client.models().list().data()).extracting(Model::id).contains("scripted", "native/scripted",
                "fast");
    }

    @ParameterizedTest
    @ValueSource(strings = { "scripted", "native/scripted", "fast" })
    void aModelIsTold(String id) {
        assertThat(client.models().retrieve(id).validate().id()).isEqualTo(id);
    }

    @Test
    void aModelThatNobodyHasIsNotFound() {
        NotFoundException ofResponses = catchThrowableOfType(NotFoundException.class,
                () -> client.responses().create(response("no-such-model")));
        NotFoundException ofChat = catchThrowableOfType(NotFoundException.class,
                () -> client.chat().completions().create(chat("no-such-model")));

        assertThat(ofResponses.code()).contains("model_not_found");
        assertThat(ofResponses.param()).contains("model");
        assertThat(ofChat.code()).contains("model_not_found");
        assertThat(catchThrowableOfType(NotFoundException.class, () -> client.models().retrieve("no-such-model"))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "scripted", "native/scripted" })
    void aRateLimitOfTheProviderIsOneOfTheGateway(String model) {
        llm.respond(request -> Answer.error(429, "Slow down").header("Retry-After", "120"));

        RateLimitException whole = catchThrowableOfType(RateLimitException.class,
                () -> client.responses().create(response(model)));
        RateLimitException streamed = catchThrowableOfType(RateLimitException.class,
                () -> client.chat().completions().createStreaming(chat(model)));

        assertThat(whole).hasMessageContaining("Slow down");
        assertThat(whole.headers().values("Retry-After")).containsExactly("120");
        assertThat(streamed).hasMessageContaining("Slow down");
    }

    @Test
    void aRequestThatIsWrongIsABadOne() {
        BadRequestException wrong = catchThrowableOfType(BadRequestException.class,
                () -> client.responses().create(ResponseCreateParams.builder().model("scripted").input("Hi")
                        .putAdditionalBodyProperty("tools", JsonValue.from("all")).build()));

        assertThat(wrong.param()).contains("tools");
    }
}
