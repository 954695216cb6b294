package io.quarkiverse.llm.runtime.transport;

import io.vertx.core.buffer.Buffer;

record TwoTaps(ExchangeTap first, ExchangeTap second) implements ExchangeTap {

    @Override
    public void request(OutgoingRequest request) {
        first.request(request);
        second.request(request);
    }

    @Override
    public void sent() {
        first.sent();
        second.sent();
    }

    @Override
    public void head(Head head) {
        first.head(head);
        second.head(head);
    }

    @Override
    public void bytes(Buffer bytes) {
        first.bytes(bytes);
        second.bytes(bytes);
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        first.event(name, data, offset, length);
        second.event(name, data, offset, length);
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        first.body(data, offset, length);
        second.body(data, offset, length);
    }

    @Override
    public void ended(String how) {
        first.ended(how);
        second.ended(how);
    }
}
