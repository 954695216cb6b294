package io.quarkiverse.llm.guides;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmIncompleteException;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRefusalException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.OutputType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** Reads receipts. */
@ApplicationScoped
public class Receipts {

    // tag::types[]
    record Receipt(
            String shop,
            LocalDate date,
            List<Line> lines,
            Optional<String> taxNumber, // <1>
            Payment payment) {
    }

    record Line(String article, @JsonPropertyDescription("in euros, with tax") BigDecimal price) { // <2>
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type") // <3>
    @JsonSubTypes({ @JsonSubTypes.Type(value = Cash.class, name = "cash"),
            @JsonSubTypes.Type(value = Card.class, name = "card") })
    sealed interface Payment {
    }

    record Cash() implements Payment {
    }

    record Card(String lastDigits) implements Payment {
    }
    // end::types[]

    private final LlmProvider llm;

    Receipts(@LlmClient LlmProvider llm) {
        this.llm = llm;
    }

    // tag::parse[]
    Receipt read(String text) {
        return llm.parseAndAwait(LlmRequest.of("Read this receipt:\n" + text), Receipt.class);
    }
    // end::parse[]

    // tag::later[]
    Uni<Line[]> lines(String text) {
        return llm.parse(LlmRequest.of("Read the lines of this receipt:\n" + text), Line[].class);
    }
    // end::later[]

    // tag::stream[]
    Cancellable follow(LlmRequest request, Consumer<String> page, Consumer<Receipt> book, Consumer<Throwable> failed) {
        return llm.parseStream(request, Receipt.class).subscribe().with(event -> {
            if (event instanceof LlmEvent.TextDelta text) {
                page.accept(text.delta()); // <1>
            } else if (event instanceof LlmEvent.ResponseParsed<?> parsed) {
                book.accept((Receipt) parsed.value()); // <2>
            }
        }, failed);
    }
    // end::stream[]

    // tag::failures[]
    String describe(String text) {
        try {
            return "from " + read(text).shop();
        } catch (LlmRefusalException e) {
            return "refused: " + e.refusal();
        } catch (LlmIncompleteException e) {
            return "cut: " + e.reason(); // <1>
        } catch (LlmDecodeException e) {
            return "no receipt: " + e.path().orElse("") + " in " + e.raw(); // <2>
        }
    }
    // end::failures[]

    // tag::type[]
    String price(LlmRequest request) {
        OutputType<Line> type = OutputType.of(Line.class);
        LlmResponse response = llm.completeAndAwait(type.applyTo(request)); // <1>
        Line line = type.read(llm.name(), response);
        return line.price() + " for " + response.usage().orElseThrow().totalTokens() + " tokens";
    }
    // end::type[]
}
