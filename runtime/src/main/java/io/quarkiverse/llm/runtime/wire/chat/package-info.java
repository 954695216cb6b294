/**
 * The Chat Completions API ({@code POST /chat/completions}), of a client and of a server.
 * <p>
 * May know what its parent package may know. Start reading at {@link io.quarkiverse.llm.runtime.wire.chat.ChatCodec} for the
 * client's side, at {@link io.quarkiverse.llm.runtime.wire.chat.ChatServerCodec} for the server's.
 */
package io.quarkiverse.llm.runtime.wire.chat;
