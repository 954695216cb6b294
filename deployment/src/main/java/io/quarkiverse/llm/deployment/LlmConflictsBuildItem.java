package io.quarkiverse.llm.deployment;

import io.quarkiverse.llm.runtime.conflict.ConflictCheck;
import io.quarkiverse.llm.runtime.conflict.ConflictReport;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** What the running application has to look for conflicts with, and what its start has found. */
final class LlmConflictsBuildItem extends SimpleBuildItem {

    private final RuntimeValue<ConflictCheck> check;
    private final RuntimeValue<ConflictReport> report;

    LlmConflictsBuildItem(RuntimeValue<ConflictCheck> check, RuntimeValue<ConflictReport> report) {
        this.check = check;
        this.report = report;
    }

    RuntimeValue<ConflictCheck> check() {
        return check;
    }

    RuntimeValue<ConflictReport> report() {
        return report;
    }
}
