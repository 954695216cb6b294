package io.quarkiverse.llm.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

import com.openai.core.JsonValue;
import com.openai.errors.NotFoundException;
import com.openai.models.conversations.Conversation;
import com.openai.models.conversations.ConversationCreateParams;
import com.openai.models.conversations.ConversationUpdateParams;
import com.openai.models.conversations.Message;
import com.openai.models.conversations.items.ConversationItem;
import com.openai.models.conversations.items.ItemCreateParams;
import com.openai.models.conversations.items.ItemDeleteParams;
import com.openai.models.conversations.items.ItemListParams;
import com.openai.models.conversations.items.ItemRetrieveParams;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkus.test.junit.QuarkusTest;

/** The official client keeps its conversations with the gateway. */
@QuarkusTest
@WithProviders
class OpenAiJavaConversationsTest extends OfficialClientTest {

    private static final String MODEL = "scripted";

    private static ResponseInputItem said(EasyInputMessage.Role role, String text) {
        return ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder().role(role).content(text).build());
    }

    private List<String> texts(String conversation) {
        return client.conversations().items()
                .list(conversation, ItemListParams.builder().order(ItemListParams.Order.ASC).limit(1).build()).autoPager()
                .stream()
                .map(ConversationItem::asMessage).map(Message::validate)
                .map(message -> message.content().get(0))
                .map(content -> content.isInputText() ? content.asInputText().text() : content.asOutputText().text()).toList();
    }

    @Test
    void aConversationIsMadeReadChangedAndDeleted() {
        Conversation made = client.conversations().create(ConversationCreateParams.builder()
                .metadata(ConversationCreateParams.Metadata.builder().putAdditionalProperty("topic", JsonValue.from("rain"))
                        .build())
                .build()).validate();

        assertThat(client.conversations().retrieve(made.id()).validate().createdAt()).isEqualTo(made.createdAt());
        client.conversations().update(made.id(), ConversationUpdateParams.builder()
                .metadata(ConversationUpdateParams.Metadata.builder().putAdditionalProperty("topic", JsonValue.from("snow"))
                        .build())
                .build()).validate();
        assertThat(client.conversations().retrieve(made.id())._metadata().toString()).contains("snow");
        assertThat(client.conversations().delete(made.id()).validate().deleted()).isTrue();
        assertThatThrownBy(() -> client.conversations().retrieve(made.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void responsesGoOnWithItAndAreAddedToIt() {
        llm.enqueue(Answer.text("Hello Ada"));
        String id = client.conversations().create().id();
        client.conversations().items().create(id, ItemCreateParams.builder()
                .addItem(said(EasyInputMessage.Role.USER, "I am Ada")).build()).validate();

        Response response = client.responses().create(ResponseCreateParams.builder().model(MODEL).conversation(id)
                .input("Say hello").build()).validate();

        assertThat(response.conversation().orElseThrow().id()).isEqualTo(id);
        assertThat(texts(id)).containsExactly("I am Ada", "Say hello", "Hello Ada");
        String item = response.output().get(0).asMessage().id();
        assertThat(client.conversations().items().retrieve(item, ItemRetrieveParams.builder().conversationId(id).build())
                .asMessage().id()).isEqualTo(item);
        client.conversations().items().delete(item, ItemDeleteParams.builder().conversationId(id).build()).validate();
        assertThat(texts(id)).containsExactly("I am Ada", "Say hello");
    }

    @Test
    void aLongConversationIsMadeShorter() {
        llm.enqueue(Answer.text("Ada is the user"));
        llm.enqueue(Answer.text("You are Ada"));

        Response response = client.responses().create(ResponseCreateParams.builder().model(MODEL)
                .addContextManagement(ResponseCreateParams.ContextManagement.builder().type("compaction").compactThreshold(100)
                        .build())
                .inputOfResponse(List.of(said(EasyInputMessage.Role.USER, "I am Ada. ".repeat(100)),
                        said(EasyInputMessage.Role.ASSISTANT, "Hello"), said(EasyInputMessage.Role.USER, "Who am I?")))
                .build()).validate();

        assertThat(response.output()).hasSize(2).first().matches(ResponseOutputItem::isCompaction);
        assertThat(response.output().get(0).asCompaction().encryptedContent()).isNotEmpty();
    }
}
