package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A Chromium without a window, driven by its own protocol (DevTools): one page, what it complains
 * of, what its scripts say, and pictures of it.
 */
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PATIENCE_S = 60;

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final LinkedBlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private String session = "";
    private int asked;

    private Browser(Process process, URI address) throws InterruptedException {
        this.process = process;
        this.socket = client.newWebSocketBuilder().buildAsync(address, new Ear()).join();
    }

    /** Puts the pieces of messages together. */
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence piece, boolean last) {
            text.append(piece);
            if (last) {
                heard.add(JSON.readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /** The program, or null if this machine has none. */
    static @Nullable Path program() {
        for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
            Path path = Path.of("/usr/bin", name);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        return null;
    }

    /** Starts it with a profile of its own in that folder. */
    static Browser start(Path program, Path profile) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--hide-scrollbars",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Path port = profile.resolve("DevToolsActivePort");
        for (int i = 0; i < PATIENCE_S * 20; i++) {
            if (Files.exists(port) && Files.readAllLines(port).size() == 2) {
                List<String> lines = Files.readAllLines(port);
                URI address = URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
                Browser browser = new Browser(process, address);
                browser.openPage();
                return browser;
            }
            Thread.sleep(50);
        }
        process.destroyForcibly();
        throw new IOException(program + " does not say where it listens");
    }

    private void openPage() throws IOException, InterruptedException {
        String page =
                ask("Target.createTarget", JSON.createObjectNode().put("url", "about:blank"))
                        .path("targetId")
                        .asString("");
        session =
                ask(
                                "Target.attachToTarget",
                                JSON.createObjectNode().put("targetId", page).put("flatten", true))
                        .path("sessionId")
                        .asString("");
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            ask(domain + ".enable", JSON.createObjectNode());
        }
    }

    private JsonNode ask(String method, ObjectNode parameters)
            throws IOException, InterruptedException {
        int id = ++asked;
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        socket.sendText(message.toString(), true).join();
        return await(said -> said.path("id").asInt(0) == id, method).path("result");
    }

    private interface Wanted {
        boolean is(JsonNode said);
    }

    private JsonNode await(Wanted wanted, String what) throws IOException, InterruptedException {
        while (true) {
            JsonNode said = heard.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (said == null) {
                throw new IOException("the browser does not answer " + what);
            }
            listen(said);
            if (wanted.is(said)) {
                if (said.has("error")) {
                    throw new IOException(what + ": " + said.path("error"));
                }
                return said;
            }
        }
    }

    /** What a developer would see in red in the console. */
    private void listen(JsonNode said) {
        JsonNode about = said.path("params");
        switch (said.path("method").asString("")) {
            case "Runtime.exceptionThrown" -> complaints.add(about.toString());
            case "Network.loadingFailed" -> complaints.add(about.toString());
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert")
                        .contains(about.path("type").asString(""))) {
                    complaints.add(about.toString());
                }
            }
            case "Log.entryAdded" -> complaints.add(about.path("entry").path("text").asString(""));
            default -> {}
        }
    }

    /** Opens a file in the light or in the dark, in a window of that size. */
    void open(Path file, String scheme, int width, int height)
            throws IOException, InterruptedException {
        ObjectNode media = JSON.createObjectNode();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        ask("Emulation.setEmulatedMedia", media);
        ask(
                "Emulation.setDeviceMetricsOverride",
                JSON.createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
        ask("Page.navigate", JSON.createObjectNode().put("url", file.toUri().toString()));
        await(said -> said.path("method").asString("").equals("Page.loadEventFired"), "the page");
    }

    /** What an expression comes to in the page, as JSON. */
    JsonNode evaluate(String expression) throws IOException, InterruptedException {
        JsonNode result =
                ask(
                        "Runtime.evaluate",
                        JSON.createObjectNode()
                                .put("expression", "JSON.stringify(" + expression + ")"));
        if (result.has("exceptionDetails")) {
            throw new IOException(result.path("exceptionDetails").toString());
        }
        return JSON.readTree(result.path("result").path("value").asString("null"));
    }

    /** Takes a picture of the whole page. */
    void picture(Path png) throws IOException, InterruptedException {
        String data =
                ask(
                                "Page.captureScreenshot",
                                JSON.createObjectNode().put("captureBeyondViewport", true))
                        .path("data")
                        .asString("");
        Files.createDirectories(png.getParent());
        Files.write(png, Base64.getDecoder().decode(data));
    }

    /** Errors and warnings of the console, exceptions, and what could not be loaded, so far. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        // Asked to, it takes its lock files outside of the profile away.
        socket.sendText("{\"id\":0,\"method\":\"Browser.close\"}", true).join();
        awaitEnd(PATIENCE_S / 10);
        socket.abort();
        client.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd(PATIENCE_S);
    }

    private void awaitEnd(int seconds) {
        try {
            boolean _ = process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
