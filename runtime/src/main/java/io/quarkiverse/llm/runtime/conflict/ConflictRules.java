package io.quarkiverse.llm.runtime.conflict;

import java.util.List;

/** All rules there are. */
public final class ConflictRules {

    public static final List<ConflictRule> ALL = List.of(new BeanClaimsRule(), new ExtensionClaimsRule(),
            new NotConfiguredRule(), new ReservedNameRule(), new UnknownActiveRule(), new RegistryNameRule(),
            new StrictDecodingRule(), new WireApiRule(), new TransportRule(), new UnknownKeyRule(), new UnknownVariableRule(),
            new UnknownNameRule(), new NeverUsedRule(), new SameServerRule());

    private ConflictRules() {
    }
}
