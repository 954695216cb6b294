package io.quarkiverse.llm.deployment.conflict;

import java.util.List;

import io.quarkiverse.llm.runtime.conflict.Conflict;
import io.quarkiverse.llm.runtime.conflict.ConflictRule;
import io.quarkiverse.llm.runtime.conflict.Facts;

/** A rule of another module. */
public class GreetingRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        return facts.names().stream().filter("own"::equals)
                .map(name -> Conflict.warn("greeting", name).what("Nobody is greeted").mend("Say hello")).toList();
    }
}
