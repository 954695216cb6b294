package io.quarkiverse.llm.deployment.structured;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.LogRecord;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkus.test.QuarkusUnitTest;

class BuildTimeSchemaTest {

    record Seen(String firstName) {
    }

    record Unseen(int lastNumber) {
    }

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Echo.class))
            .overrideConfigKey("quarkus.log.category.\"io.quarkiverse.llm\".level", "DEBUG")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            // the generator says when it has work at run time
            .assertLogRecords(records -> assertThat(records).extracting(BuildTimeSchemaTest::text)
                    .filteredOn(text -> text.contains("JSON schema")).singleElement().asString()
                    .contains(Unseen.class.getName()));

    private static String text(LogRecord record) {
        return String.format(record.getMessage(), record.getParameters());
    }

    @Inject
    LlmProvider llm;

    @Inject
    Echo echo;

    @Test
    void theBuildMakesTheSchemasThatItSeesAndTheApplicationTheOthers() {
        assertThat(llm.parseAndAwait(LlmRequest.of("{\"firstName\": \"Ada\"}"), Seen.class)).isEqualTo(new Seen("Ada"));
        assertThat(echo.schema()).contains("\"firstName\"");

        assertThat(echo.ask("{\"lastNumber\": 3}", Unseen.class)).isEqualTo(new Unseen(3));
        assertThat(echo.ask("{\"lastNumber\": 4}", Unseen.class)).isEqualTo(new Unseen(4));
        assertThat(echo.schema()).contains("\"lastNumber\"");
    }
}
