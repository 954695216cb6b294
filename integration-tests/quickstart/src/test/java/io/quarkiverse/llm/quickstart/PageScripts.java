package io.quarkiverse.llm.quickstart;

/** Measurements in the page. */
final class PageScripts {

    /** Relative luminance and contrast as WCAG 2 defines them. */
    private static final String WCAG = """
            const rgba = (colour) => { const n = colour.match(/[\\d.]+/g).map(Number); return n.length > 3 ? n : [...n, 1]; };
            const linear = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
            const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
            const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
            const behind = (element) => {
              if (!element) return [255, 255, 255];
              const own = rgba(getComputedStyle(element).backgroundColor);
              return own[3] === 1 ? own : over(own, behind(element.parentElement));
            };
            const contrast = (a, b) => {
              const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
              return (light + 0.05) / (dark + 0.05);
            };
            """;

    static final String LUMINANCE_OF_THE_PAGE = "() => { " + WCAG + " return luminance(behind(document.body)); }";

    /** Visible text whose contrast is below 4.5 to 1, level AA. */
    static final String TOO_FAINT = "() => { " + WCAG + """
            const faint = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const element = walker.currentNode.parentElement;
              if (walker.currentNode.data.trim() && element.checkVisibility({ opacityProperty: true })) {
                const below = behind(element);
                const ratio = contrast(over(rgba(getComputedStyle(element).color), below), below);
                if (ratio < 4.5) faint.push(`${ratio.toFixed(2)}: ${walker.currentNode.data}`);
              }
            }
            return faint;
            }
            """;

    /** Elements that would have to be scrolled sideways, or that hide a part of their content on the right. */
    static final String TOO_WIDE = """
            () => [document.documentElement, ...document.body.querySelectorAll('*:not(.hidden)')]
                .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
                .map((element) => `${element.tagName}.${element.className}: ${element.scrollWidth} in ${element.clientWidth}`)
            """;

    private PageScripts() {
    }
}
