package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.ResponsesRule.*;

/** A text, or the arguments of a call: deltas, then the whole. */
final class TextGrammar {

    private final Findings findings;
    private final StringBuilder deltas = new StringBuilder();
    private boolean anyDelta;
    private String whole;

    TextGrammar(Findings findings) {
        this.findings = findings;
    }

    void delta(Object delta) {
        findings.expect(whole == null, TEXT_ENDS_ONCE, "the whole has come before");
        anyDelta = true;
        deltas.append(delta);
    }

    void end(Object told) {
        findings.expect(whole == null, TEXT_ENDS_ONCE, "the whole has come before");
        whole = String.valueOf(told);
        findings.expect(whole.contentEquals(deltas) || !anyDelta, TEXT_IS_ITS_DELTAS, "it ends as \"%s\" and came as \"%s\"",
                whole, deltas);
        findings.expect(anyDelta || whole.isEmpty(), TEXT_IN_DELTAS, "\"%s\" had no delta", whole);
    }

    boolean isEnded() {
        return whole != null;
    }

    void expectEnded() {
        findings.expect(isEnded(), TEXT_ENDS_ONCE, "the whole of \"%s\" did not come", deltas);
    }

    boolean is(Object text) {
        return whole == null ? deltas.toString().equals(text) : whole.equals(text);
    }
}
