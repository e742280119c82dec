package dev.cinnabar.server.web;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person's browser as far as HTTP goes: keeps cookies, follows nothing, knows the token of the last page. */
public final class Surfer {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String address;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private String token = "";

    public Surfer(String address) {
        this.address = address;
    }

    /** Looks at a page. */
    public HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return keep(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    /** Sends a form with the token of the last page: name, value, name, value... */
    public HttpResponse<String> post(String path, String... fields) throws Exception {
        List<String> all = new ArrayList<>(List.of(fields));
        all.add("_csrf");
        all.add(token);
        return bare(path, all.toArray(String[]::new));
    }

    /** Sends a form without any token. */
    public HttpResponse<String> bare(String path, String... fields) throws Exception {
        return send(path, form(fields));
    }

    /** Sends a form with more headers. */
    public HttpResponse<String> send(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return keep(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    /** A form's body. */
    public static String form(String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(body.isEmpty() ? "" : "&")
                    .append(URLEncoder.encode(fields[i], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return body.toString();
    }

    /** Goes to the sign-in page and signs in. */
    public HttpResponse<String> signIn(String name, String password) throws Exception {
        get("/console/sign-in");
        return post("/console/sign-in", "name", name, "password", password);
    }

    /** The session's cookie, where there is one. */
    public Optional<HttpCookie> session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals("cinnabar-session"))
                .findFirst();
    }

    /** Takes over another's session, as a thief would. */
    public void steal(HttpCookie cookie) {
        cookies.getCookieStore().add(URI.create(address), cookie);
    }

    public String token() {
        return token;
    }

    private HttpResponse<String> keep(HttpResponse<String> answer) {
        Matcher found = TOKEN.matcher(answer.body());
        if (found.find()) {
            token = found.group(1);
        }
        return answer;
    }

    /** Where an answer sends us. */
    public static String to(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }
}
