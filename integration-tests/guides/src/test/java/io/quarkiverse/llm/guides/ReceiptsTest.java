package io.quarkiverse.llm.guides;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.guides.Receipts.Card;
import io.quarkiverse.llm.guides.Receipts.Line;
import io.quarkiverse.llm.guides.Receipts.Receipt;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class)
class ReceiptsTest {

    private static final Line BREAD = new Line("Bread", new BigDecimal("3.20"));
    private static final Receipt RECEIPT = new Receipt("Bakery", LocalDate.of(2026, 11, 21), List.of(BREAD), Optional.empty(),
            new Card("1234"));
    private static final String[] JSON = {
            "{\"shop\": \"Bakery\", \"date\": \"2026-11-21\", \"lines\": [{\"article\": \"Bread\", \"price\": 3.20}],",
            " \"taxNumber\": null, \"payment\": {\"type\": \"card\", \"lastDigits\": \"1234\"}}" };

    ScriptedServer llm;

    @Inject
    Receipts receipts;

    @BeforeEach
    void reset() {
        llm.reset();
    }

    @Test
    void aReceiptIsRead() {
        llm.enqueue(Answer.text(JSON));

        assertThat(receipts.read("...")).isEqualTo(RECEIPT);
        assertThat(llm.takeRequest()).hasField("/response_format/json_schema/name", "Receipt")
                .hasField("/response_format/json_schema/schema/properties/date/format", "date");
    }

    @Test
    void manyLinesAreRead() {
        llm.enqueue(Answer.text("{\"value\": [{\"article\": \"Bread\", \"price\": 3.20}]}"));

        assertThat(receipts.lines("...").await().indefinitely()).containsExactly(BREAD);
    }

    @Test
    void aPageSeesTheTextAndTheBookTheReceipt() {
        llm.enqueue(Answer.text(JSON));
        StringBuffer page = new StringBuffer();
        CompletableFuture<Receipt> book = new CompletableFuture<>();

        receipts.follow(LlmRequest.of("..."), page::append, book::complete, book::completeExceptionally);

        assertThat(book.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(RECEIPT);
        assertThat(page).hasToString(String.join("", JSON));
    }

    @Test
    void whatIsNoReceiptIsDescribed() {
        llm.enqueue(Answer.text(JSON), Answer.empty().thenRefusal("No."), Answer.text("{").finishReason("length"),
                Answer.text("{}"));

        assertThat(receipts.describe("...")).isEqualTo("from Bakery");
        assertThat(receipts.describe("...")).isEqualTo("refused: No.");
        assertThat(receipts.describe("...")).isEqualTo("cut: max_output_tokens");
        assertThat(receipts.describe("...")).isEqualTo("no receipt: $.shop in {}");
    }

    @Test
    void theResponseIsThereAsWell() {
        llm.enqueue(Answer.text("{\"article\": \"Bread\", \"price\": 3.20}").usage(7, 5));

        assertThat(receipts.price(LlmRequest.of("..."))).isEqualTo("3.20 for 12 tokens");
    }
}
