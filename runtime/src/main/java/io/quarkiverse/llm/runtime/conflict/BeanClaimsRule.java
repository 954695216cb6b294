package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.conflict.NameClaim.Kind;

/** A bean has the name of another bean, of an extension's provider or of one that is configured. */
final class BeanClaimsRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        List<Conflict> conflicts = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>();
        facts.application().claims().forEach(claim -> names.add(claim.name()));
        names.removeIf(name -> !facts.application().isBean(name));
        for (String name : names) {
            List<NameClaim> beans = facts.application().claims(name, Kind.BEAN)
                    .sorted(Comparator.comparing(NameClaim::priority).reversed().thenComparing(NameClaim::source)).toList();
            beside(name, beans, conflicts);
            overExtensions(name, beans.get(0), facts, conflicts);
            overConfiguration(name, beans.get(0), facts, conflicts);
        }
        return conflicts;
    }

    private static void beside(String name, List<NameClaim> beans, List<Conflict> conflicts) {
        if (beans.size() < 2) {
            return;
        }
        List<Side> sides = beans.stream().map(NameClaim::side).toList();
        String what = claimed(name, beans.size(), "beans");
        if (beans.get(0).priority() > beans.get(1).priority()) {
            conflicts.add(Conflict.info("bean-over-bean", Conflict.subject(name)).what(what).sides(sides).decidedByBuild()
                    .outcome("The first one is used: CDI puts it before the others")
                    .mend("Nothing to do where that is meant"));
        } else {
            conflicts.add(Conflict.error("equal-beans", Conflict.subject(name)).what(what).sides(sides).decidedByBuild()
                    .outcome("Nothing says which one goes first")
                    .mend("Remove one of them, give it another name, or make it an @Alternative with a @Priority"));
        }
    }

    private static void overExtensions(String name, NameClaim bean, Facts facts, List<Conflict> conflicts) {
        List<Side> extensions = facts.application().claims(name, Kind.EXTENSION).map(NameClaim::side).toList();
        if (!extensions.isEmpty()) {
            conflicts.add(conflict("bean-over-extension", name, bean)
                    .what(claimed(name, extensions.size() + 1, "a bean and by an extension"))
                    .side(bean.side()).sides(extensions).decidedByBuild()
                    .outcome("The bean is used: beans go before extensions")
                    .mend("Give the bean another name to have both"));
        }
    }

    private static void overConfiguration(String name, NameClaim bean, Facts facts, List<Conflict> conflicts) {
        List<Side> keys = facts.configuration().values().keySet().stream()
                .filter(key -> key.startsWith(ConfigurationFacts.PREFIX))
                .filter(key -> WrittenKey.of(key).isOf(name, facts.application().settings())
                        || name.equals(LlmClient.DEFAULT) && key.equals(SettingKey.ACTIVE))
                .flatMap(key -> facts.configuration().side(key).stream()).toList();
        if (keys.isEmpty()) {
            return;
        }
        String group = name.equals(LlmClient.DEFAULT) ? "the keys" : new SettingKey(name, "*").property();
        conflicts.add(conflict("bean-over-configuration", name, bean)
                .what(claimed(name, 2, "a bean and by configuration")).side(bean.side()).sides(keys)
                .outcome("The bean is used: beans go before configuration, which has no effect")
                .mend("Remove " + group + " or the bean, or give the bean another name"));
    }

    /** An alternative says itself that it is meant. */
    private static Conflict.Builder conflict(String kind, String name, NameClaim bean) {
        return bean.standsIn() ? Conflict.info(kind, Conflict.subject(name)) : Conflict.warn(kind, Conflict.subject(name));
    }

    static String claimed(String name, int times, String by) {
        String subject = name.equals(LlmClient.DEFAULT) ? "The default provider" : "The name '" + name + "'";
        return subject + " is claimed " + (times == 2 ? "twice" : times + " times") + ", by " + by;
    }
}
