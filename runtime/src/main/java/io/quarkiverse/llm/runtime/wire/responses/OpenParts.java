package io.quarkiverse.llm.runtime.wire.responses;

/** An item that arrives in parts. */
abstract class OpenParts extends OpenItem {

    OpenParts(ItemKind kind, String id, boolean identified, int serverIndex) {
        super(kind, id, identified, serverIndex);
    }

    /** The parts among which those of this kind stand. */
    abstract Parts parts(PartKind kind);

    @Override
    final boolean says(String whole) {
        return parts(PartKind.TEXT).say(whole) || parts(PartKind.SUMMARY).say(whole);
    }
}
