package dev.rapport.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A window of the browser with the console in it, which remembers whatever went wrong there, and where anything was asked of. */
final class Window implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<String> elsewhere = new CopyOnWriteArrayList<>();

    Window(String address, BrowserContext context, Page page) {
        this.context = context;
        this.page = page;
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                faults.add(message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(faults::add);
        page.onDialog(dialog -> {
            faults.add("a dialog said " + dialog.message());
            dialog.dismiss();
        });
        context.onRequest(request -> {
            if (!request.url().startsWith(address + "/")
                    && !request.url().startsWith("blob:")
                    && !request.url().startsWith("data:")) {
                elsewhere.add(request.url());
            }
        });
    }

    Page page() {
        return page;
    }

    /** What the browser complained about so far. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** What was asked of other hosts. */
    List<String> askedElsewhere() {
        return List.copyOf(elsewhere);
    }

    Window signIn(String user) {
        return signIn(user, "/");
    }

    /** On the page that was asked for, which is shown then. */
    Window signIn(String user, String path) {
        page.navigate(path);
        page.getByLabel("Name").fill(user);
        page.getByLabel("Password").fill(RunningRapport.PASSWORD);
        button("Sign in").click();
        assertThat(page.getByRole(AriaRole.BANNER)).containsText(user);
        settle();
        return this;
    }

    Window open(String path) {
        page.navigate(path);
        settle();
        return this;
    }

    /** Waits until nothing is on its way any more. */
    Window settle() {
        assertThat(page.locator("h1").first()).isVisible();
        assertThat(page.locator(".loading")).hasCount(0);
        return this;
    }

    /** Waits until every row in sight has its sparkline. */
    Window drawn() {
        assertThat(page.locator("span.sparkline")).hasCount(0);
        return this;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** What axe-core finds wrong with what is on screen. Ours has no frames: another page to put together what is found in each is not wanted. */
    List<String> axeViolations() {
        if (page.frames().size() > 1) {
            throw new IllegalStateException("frames are not looked into, and the page has " + page.frames());
        }
        return new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                + rule.getNodes().stream()
                                        .map(node -> node.getTarget() + " " + node.getFailureSummary())
                                        .toList())
                        .toList();
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        context.close();
    }
}
