/**
 * The Chat Completions API ({@code POST /chat/completions}): requests out, whole answers and streams of chunks in.
 * <p>
 * May know what its parent package may know. Start reading at {@link io.quarkiverse.llm.runtime.wire.chat.ChatCodec}.
 */
package io.quarkiverse.llm.runtime.wire.chat;
