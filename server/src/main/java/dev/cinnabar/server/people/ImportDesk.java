package dev.cinnabar.server.people;

import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes an import over HTTP ({@code POST /users/verifications}) and answers one JSON object a row, then a summary. The results wait in a file until all rows
 * are read, since many clients read nothing before they have sent everything.
 */
final class ImportDesk {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long LARGEST = 256L * 1024 * 1024;

    private final AttestationImport imports;

    ImportDesk(AttestationImport imports) {
        this.imports = imports;
    }

    /** Runs the import and answers it; a refusal is left to the caller to say. */
    Optional<Refused> run(HttpServletRequest request, HttpServletResponse response, Caller caller, Lang lang)
            throws IOException {
        Optional<AttestationImport.Format> format =
                format(Optional.ofNullable(request.getContentType()).orElse(""));
        if (format.isEmpty()) {
            return Optional.of(Refusals.badWord("Content-Type", "text/csv, application/x-ndjson"));
        }
        if (request.getContentLengthLong() > LARGEST) {
            return Optional.of(Refusals.tooLarge(LARGEST));
        }
        Path results = Files.createTempFile("cinnabar-import", ".jsonl");
        try {
            write(results, request, caller, format.get(), lang);
            response.setStatus(200);
            response.setContentType("application/x-ndjson");
            response.setContentLengthLong(Files.size(results));
            Files.copy(results, response.getOutputStream());
            return Optional.empty();
        } finally {
            Files.deleteIfExists(results);
        }
    }

    private void write(
            Path results, HttpServletRequest request, Caller caller, AttestationImport.Format format, Lang lang)
            throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(results))) {
            AttestationImport.Summary summary = imports.run(
                    caller.appId(),
                    format,
                    new Bounded(request.getInputStream()),
                    UserDesk.actor(caller),
                    (row, result) -> line(out, UserJson.result(row, result, lang)));
            line(out, UserJson.summary(summary));
        }
    }

    private static void line(OutputStream out, Object object) throws IOException {
        out.write(JSON.writeValueAsBytes(object));
        out.write('\n');
    }

    private static Optional<AttestationImport.Format> format(String contentType) {
        return switch (contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
            case "text/csv" -> Optional.of(AttestationImport.Format.CSV);
            case "application/x-ndjson", "application/jsonl", "application/x-jsonlines" ->
                Optional.of(AttestationImport.Format.JSON_LINES);
            default -> Optional.empty();
        };
    }

    /** A body that may be so large and no larger. */
    private static final class Bounded extends InputStream {
        private final InputStream body;
        private long left = LARGEST;

        Bounded(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left == 0) {
                if (body.read() >= 0) {
                    throw new AttestationImport.TooMuch();
                }
                return -1;
            }
            int got = body.read(into, from, (int) Math.min(length, left));
            left -= Math.max(0, got);
            return got;
        }
    }
}
