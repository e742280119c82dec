package dev.cinnabar.benches.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The whole Journey (10,000 features, labels, a durable record) beside nginx's proxy_pass and Portkey's gateway, in front of the same mock model. Load, mock and
 * target share the machine's cores; CPU is the target's own.
 */
public final class GatewayBeside implements AutoCloseable {
    private final List<Process> started = new ArrayList<>();
    private final Path root;

    private GatewayBeside(Path root) {
        this.root = root;
    }

    /** Measures in rounds, every target in each, and prints a Markdown table of the medians. */
    public static void run(int requests, int streams, int rounds) throws Exception {
        Path root = Files.createTempDirectory("gateway-bench");
        try (GatewayBeside beside = new GatewayBeside(root)) {
            beside.measure(requests, streams, rounds);
        } finally {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private void measure(int requests, int streams, int rounds) throws Exception {
        List<Seen> all = new ArrayList<>();
        for (Target target : targets()) {
            Load load = new Load(target);
            load.flatOut(16, 2 * requests);
            for (int i = 0; i < 5; i++) {
                load.streams(streams);
            }
            all.add(new Seen(target.name(), load));
        }
        for (int round = 0; round < rounds; round++) {
            for (Seen seen : all) {
                seen.round(requests, streams);
            }
        }
        System.out.println(streams + " trickling streams of " + MockModel.CHUNKS + " chunks " + MockModel.PAUSE_MILLIS
                + " ms apart; medians of " + rounds + " rounds; added: against the mock model itself\n");
        System.out.println(Seen.HEADER);
        for (Seen seen : all) {
            System.out.println(seen.row(all.get(0), all.get(1)));
        }
    }

    private List<Target> targets() throws Exception {
        int model = Integer.parseInt(first(java("dev.cinnabar.benches.gateway.MockModel", "-Xmx128m")));
        List<Target> targets = new ArrayList<>();
        targets.add(new Target(
                "mock model itself",
                model,
                "/v1/chat/completions",
                List.of(started.getFirst().pid()),
                Map.of()));
        targets.add(nginx(model));
        portkey(model).ifPresent(targets::add);
        targets.add(cinnabar(model));
        return targets;
    }

    private Target nginx(int model) throws Exception {
        int port = freePort();
        Path config = Files.writeString(root.resolve("nginx.conf"), """
                daemon off; pid %1$s/nginx.pid; error_log %1$s/error.log; worker_processes 2;
                events { worker_connections 1024; }
                http { access_log off; keepalive_requests 1000000000; client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                  upstream model { server 127.0.0.1:%2$d; keepalive 128; keepalive_requests 1000000000; }
                  server { listen 127.0.0.1:%3$d; location / { proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; } } }
                """.formatted(root, model, port));
        Process process = start(new ProcessBuilder("nginx", "-c", config.toString()));
        await(port);
        return new Target("nginx proxy_pass", port, "/v1/chat/completions", List.of(process.pid()), Map.of());
    }

    /** Portkey's gateway, where benches/peers holds it: npm ci --ignore-scripts in that folder. */
    private Optional<Target> portkey(int model) throws Exception {
        Path program = Path.of(
                System.getProperty("cinnabar.home", "."),
                "benches/peers/node_modules/@portkey-ai/gateway/build/start-server.js");
        if (!Files.exists(program)) {
            System.out.println("(Portkey is not here: run npm ci --ignore-scripts in benches/peers)");
            return Optional.empty();
        }
        int port = freePort();
        Process process = start(new ProcessBuilder("node", program.toString(), "--port=" + port, "--headless"));
        await(port);
        return Optional.of(new Target(
                "Portkey gateway",
                port,
                "/v1/chat/completions",
                List.of(process.pid()),
                Map.of(
                        "x-portkey-provider",
                        "openai",
                        "Authorization",
                        "Bearer none",
                        "x-portkey-custom-host",
                        "http://127.0.0.1:" + model + "/v1")));
    }

    private Target cinnabar(int model) throws Exception {
        String[] said = first(java(
                        "dev.cinnabar.benches.gateway.CinnabarUnderLoad",
                        "-Xmx1g",
                        root.resolve("data").toString(),
                        String.valueOf(model)))
                .split(" ", 2);
        Target target = new Target(
                "Cinnabar, the whole Journey",
                Integer.parseInt(said[0]),
                "/v1/chat/completions",
                List.of(started.getLast().pid(), postmaster()),
                Map.of("Authorization", "Bearer " + said[1]));
        check(target, "a quiet harbour", 200, "\"aigc\"");
        check(target, CinnabarUnderLoad.words().getFirst().pattern(), 400, "content_blocked");
        return target;
    }

    /** The database is no child of the server, and works for it: what follows the record into its index. */
    private long postmaster() throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve("data"), 4)) {
            Path file = all.filter(path -> path.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no postmaster.pid in the data folder"));
            return Long.parseLong(Files.readAllLines(file).getFirst().strip());
        }
    }

    /** What is measured must be the whole Journey: an answer is labelled and recorded, a blocked word is blocked. */
    private static void check(Target target, String prompt, int status, String part) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + target.port() + target.path()));
        target.headers().forEach(request::header);
        String body = "{\"model\":\"mock\",\"user\":\"" + CinnabarUnderLoad.USER
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}";
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    request.header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != status
                    || !answer.body().contains(part)
                    || answer.headers().firstValue("X-Cinnabar-Entry").isEmpty()) {
                throw new IllegalStateException(
                        "not the whole Journey: " + answer.statusCode() + " " + answer.headers() + answer.body());
            }
        }
    }

    private Process java(String main, String memory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                memory,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(root.resolve("errors.log").toFile())
                .start();
        started.add(process);
        return process;
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        return process;
    }

    /** The first line that says something to us; what a program logs before it is passed over. */
    private String first(Process process) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (Character.isDigit(line.isEmpty() ? ' ' : line.charAt(0)) && line.matches("\\d+( \\S+)?")) {
                Thread.ofVirtual().start(() -> reader.lines().forEach(rest -> {}));
                return line;
            }
        }
        throw new IOException("a program ended before it was ready: " + Files.readString(root.resolve("errors.log")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(int port) throws Exception {
        for (int tries = 0; tries < 200; tries++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IOException("nothing listens on " + port);
    }

    @Override
    public void close() {
        for (Process process : started.reversed()) {
            process.destroy();
            try {
                process.onExit().get(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                process.destroyForcibly();
            }
        }
    }
}
