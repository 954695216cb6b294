package io.quarkiverse.llm.benchmarks;

/** What deltas bring, as it stands between the quotes of JSON. */
public final class Words {

    private static final String[] TEXT = { " the", " sky", " is", " blue", ",", " because", " light", " scatters", " at",
            " molecules", ".\\n", " Red" };
    private static final String[] ARGUMENTS = { ",\\\"", "Ber", "lin\\\"", ",1", ",2", ",3" };

    private Words() {
    }

    public static String text(int index) {
        return TEXT[index % TEXT.length];
    }

    /** All of them together are a JSON object if their number less two is a multiple of six. */
    public static String arguments(int index, int count) {
        return index == 0 ? "{\\\"days\\\":[0" : index == count - 1 ? "]}" : ARGUMENTS[(index - 1) % ARGUMENTS.length];
    }
}
