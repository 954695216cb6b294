/**
 * A chat in the browser over an injected provider, with a tool that the application executes. Copy what you need.
 * Start reading at {@link io.quarkiverse.llm.quickstart.ChatResource}.
 */
package io.quarkiverse.llm.quickstart;
