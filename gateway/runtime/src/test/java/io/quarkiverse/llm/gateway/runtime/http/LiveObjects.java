package io.quarkiverse.llm.gateway.runtime.http;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

/** How many objects of each class can be reached, as the virtual machine counts them after a full collection. */
final class LiveObjects {

    private static final Pattern LINE = Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+)");

    private LiveObjects() {
    }

    /** Lambdas count for the class that they stand in. */
    static Map<String, Long> of(Predicate<String> classes) {
        Map<String, Long> counts = new TreeMap<>();
        for (Matcher line = LINE.matcher(histogram()); line.find();) {
            String name = line.group(2).replaceAll("\\$\\$Lambda.*", " lambda");
            if (classes.test(name)) {
                counts.merge(name, Long.valueOf(line.group(1)), Long::sum);
            }
        }
        return counts;
    }

    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[] { new String[0] }, new String[] { String[].class.getName() });
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
