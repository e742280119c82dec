package dev.cinnabar.server.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;

/** A file sent with a form; never kept by itself. */
public sealed interface Upload {
    /**
     * A file.
     *
     * @param name the name it was sent under, without folders and control characters, at most 200 characters; a word to show, never a path to open
     */
    record File(String name, byte[] bytes) implements Upload {}

    /** No file was chosen, or it was empty. */
    record Nothing() implements Upload {}

    /** The file is larger than the server takes. */
    record TooLarge() implements Upload {}

    /** The form was cut short or is no form at all. */
    record Broken() implements Upload {}

    /** Reads the file of this field; the server's own limit on uploads (in memory) is met before any byte is looked at. */
    static Upload of(ServerRequest request, String field) {
        HttpServletRequest servlet = request.servletRequest();
        try {
            if (servlet.getContentLengthLong() > WebSetup.LARGEST_UPLOAD + WebSetup.FORM_AROUND) {
                drain(servlet.getInputStream());
                return new TooLarge();
            }
            Part part = servlet.getPart(field);
            if (part == null || part.getSize() == 0) {
                return new Nothing();
            }
            return new File(
                    shown(part.getSubmittedFileName()), part.getInputStream().readAllBytes());
        } catch (IllegalStateException | IOException | ServletException e) {
            return tooLarge(e) ? new TooLarge() : new Broken();
        }
    }

    /** Takes what the browser is still sending, up to a bound: one that is cut off while it sends shows no page at all. */
    private static void drain(InputStream body) throws IOException {
        byte[] sink = new byte[64 << 10];
        long left = 4L * WebSetup.LARGEST_UPLOAD;
        int got = 0;
        while (left > 0 && got >= 0) {
            got = body.read(sink);
            left -= got;
        }
    }

    private static boolean tooLarge(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t.getClass().getSimpleName().toLowerCase(Locale.ROOT).contains("sizelimit")) {
                return true;
            }
        }
        return false;
    }

    private static String shown(@Nullable String sent) {
        if (sent == null) {
            return "?";
        }
        String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        StringBuilder shown = new StringBuilder();
        last.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .limit(200)
                .forEach(shown::appendCodePoint);
        return shown.isEmpty() ? "?" : shown.toString();
    }
}
