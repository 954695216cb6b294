package io.quarkiverse.llm.runtime.provider;

/** An answer of which it only matters that it is no error. */
final class ReadingNothing implements WholeAnswer.Reading<Void> {

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        // whatever is said
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        // whatever is said
    }

    @Override
    public Void end() {
        return null;
    }
}
