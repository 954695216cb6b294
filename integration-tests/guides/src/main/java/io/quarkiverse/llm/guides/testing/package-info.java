/**
 * What the guide on tests tests. Start reading at {@link io.quarkiverse.llm.guides.testing.Forecast}.
 */
package io.quarkiverse.llm.guides.testing;
