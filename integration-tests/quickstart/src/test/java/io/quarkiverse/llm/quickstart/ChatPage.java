package io.quarkiverse.llm.quickstart;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The chat page as its user finds it: by roles and labels, and by class names only where the eye alone tells them apart. */
record ChatPage(Page page) {

    Locator prompt() {
        return page.getByLabel("Message");
    }

    Locator send() {
        return button("Send");
    }

    Locator stop() {
        return button("Stop");
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator log() {
        return page.getByRole(AriaRole.LOG);
    }

    Locator question() {
        return page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("You")).last();
    }

    /** The newest one. */
    Locator answer() {
        return page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Assistant")).last();
    }

    Locator text() {
        return answer().locator(".text");
    }

    Locator reasoning() {
        return answer().locator(".reasoning");
    }

    Locator toolCall() {
        return answer().locator(".tool");
    }

    Locator failure() {
        return answer().getByRole(AriaRole.ALERT);
    }

    void ask(String question) {
        prompt().fill(question);
        send().click();
    }
}
