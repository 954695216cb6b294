/**
 * An application that has the extension and nothing else. Start reading at {@link io.quarkiverse.llm.coreonly.Greeter}.
 */
package io.quarkiverse.llm.coreonly;
