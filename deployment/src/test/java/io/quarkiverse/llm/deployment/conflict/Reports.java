package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import io.quarkus.test.QuarkusUnitTest;

/** What an application says of its conflicts. */
final class Reports {

    private static final String LOGGER = "io.quarkiverse.llm";

    private Reports() {
    }

    /** The application makes exactly one report, of that level. */
    static QuarkusUnitTest one(Level level, Consumer<String> text) {
        return new QuarkusUnitTest()
                .setLogRecordPredicate(Reports::isOurs)
                .assertLogRecords(records -> assertThat(records).singleElement().satisfies(record -> {
                    assertThat(record.getLevel().intValue()).isEqualTo(level.intValue());
                    text.accept(record.getMessage());
                }));
    }

    static QuarkusUnitTest none() {
        return new QuarkusUnitTest().setLogRecordPredicate(Reports::isOurs)
                .assertLogRecords(records -> assertThat(records).extracting(LogRecord::getMessage).isEqualTo(List.of()));
    }

    private static boolean isOurs(LogRecord record) {
        return record.getLoggerName().startsWith(LOGGER);
    }
}
