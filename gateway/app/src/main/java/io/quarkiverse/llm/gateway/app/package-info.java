/**
 * The gateway as a program of its own: nothing but what its start tells. Start reading at
 * {@link io.quarkiverse.llm.gateway.app.Announcement}.
 */
package io.quarkiverse.llm.gateway.app;
