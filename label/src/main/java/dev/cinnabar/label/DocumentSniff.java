package dev.cinnabar.label;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells the documents apart: by their first bytes, inside a ZIP by what the container says of itself, and only then by the name. */
final class DocumentSniff {
    private static final Map<String, Format> MIME_TYPES = Map.of(
            "application/vnd.oasis.opendocument.text", Format.ODT,
            "application/vnd.oasis.opendocument.spreadsheet", Format.ODS,
            "application/vnd.oasis.opendocument.presentation", Format.ODP,
            "application/epub+zip", Format.EPUB);
    private static final Map<String, Format> MAIN_PARTS =
            Map.of("word/", Format.DOCX, "xl/", Format.XLSX, "ppt/", Format.PPTX);
    private static final Map<String, Format> ENDINGS = Map.ofEntries(
            Map.entry("docx", Format.DOCX),
            Map.entry("docm", Format.DOCX),
            Map.entry("dotx", Format.DOCX),
            Map.entry("dotm", Format.DOCX),
            Map.entry("xlsx", Format.XLSX),
            Map.entry("xlsm", Format.XLSX),
            Map.entry("xltx", Format.XLSX),
            Map.entry("xltm", Format.XLSX),
            Map.entry("pptx", Format.PPTX),
            Map.entry("pptm", Format.PPTX),
            Map.entry("potx", Format.PPTX),
            Map.entry("potm", Format.PPTX),
            Map.entry("ppsx", Format.PPTX),
            Map.entry("ppsm", Format.PPTX));
    private static final int TAIL = 1 << 16;

    private final String name;
    private final Source.Bytes bytes;

    DocumentSniff(String name, Source.Bytes bytes) {
        this.name = name.toLowerCase(Locale.ROOT);
        this.bytes = bytes;
    }

    /** The document that begins so; empty where it is none known here. */
    Optional<Format> format(byte[] head, int n) throws IOException {
        String start = new String(head, 0, n, StandardCharsets.ISO_8859_1);
        if (start.startsWith("%PDF-")) {
            return Optional.of(Format.PDF);
        }
        if (start.startsWith("glTF")) {
            return Optional.of(Format.GLB);
        }
        return start.startsWith("PK\u0003\u0004") ? container(start) : page(start);
    }

    /** Text with tags: by its name, and where the name says nothing by how it begins. */
    private Optional<Format> page(String start) {
        if (name.endsWith(".gltf")) {
            return Optional.of(Format.GLTF);
        }
        boolean named = name.endsWith(".html") || name.endsWith(".htm") || name.endsWith(".xhtml");
        String begin =
                start.replaceFirst("^\u00EF\u00BB\u00BF", "").stripLeading().toLowerCase(Locale.ROOT);
        boolean begins = begin.startsWith("<!doctype html") || begin.startsWith("<html");
        boolean nameless = name.indexOf('.') < 0 || name.endsWith(".bin");
        boolean drawing = begin.startsWith("<svg") || (begin.startsWith("<?xml") && begin.contains("<svg"));
        if (name.endsWith(".svg") || (drawing && nameless)) {
            return Optional.of(Format.SVG);
        }
        return named || (begins && nameless) ? Optional.of(Format.HTML) : Optional.empty();
    }

    private Optional<Format> container(String start) throws IOException {
        if (start.startsWith("mimetype", 30)) {
            for (Map.Entry<String, Format> type : MIME_TYPES.entrySet()) {
                // a template's type goes on with -template
                if (start.startsWith(type.getKey(), 38)
                        && !start.startsWith("-master", 38 + type.getKey().length())) {
                    return Optional.of(type.getValue());
                }
            }
            return Optional.empty();
        }
        Optional<Format> named = Optional.ofNullable(ENDINGS.get(name.substring(name.lastIndexOf('.') + 1)));
        return named.isPresent() ? named : byParts();
    }

    /** By the names in the directory, which ends the file. */
    private Optional<Format> byParts() throws IOException {
        byte[] tail = new byte[(int) Math.min(TAIL, bytes.size())];
        int n = bytes.read(bytes.size() - tail.length, tail, 0, tail.length);
        String text = new String(tail, 0, n, StandardCharsets.ISO_8859_1);
        if (!text.contains("[Content_Types].xml")) {
            return Optional.empty();
        }
        return MAIN_PARTS.entrySet().stream()
                .filter(part -> text.contains(part.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
