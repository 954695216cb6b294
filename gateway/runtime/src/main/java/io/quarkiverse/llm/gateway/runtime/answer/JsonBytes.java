package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.vertx.core.buffer.Buffer;

/** The bytes of a body as JSON wants them. */
public final class JsonBytes {

    /** Some clients on Windows put it in front. RFC 8259 lets it be ignored. */
    private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

    private JsonBytes() {
    }

    /**
     * @throws InvalidRequestException when they are no UTF-8: all that is no ASCII in it would be other than what was meant
     */
    public static byte[] of(Buffer body) {
        byte[] bytes = body.getBytes();
        if (!ByteBufUtil.isText(Unpooled.wrappedBuffer(bytes), StandardCharsets.UTF_8)) {
            throw new InvalidRequestException("The body is not in UTF-8, which JSON must be in", null, "invalid_encoding");
        }
        boolean marked = bytes.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        return marked ? Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length) : bytes;
    }
}
