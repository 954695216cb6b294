/** The code of the guides, compiled and executed. Each class belongs to a page; its tags say what the page shows. */
package io.quarkiverse.llm.guides;
