package dev.cinnabar.label;

/** A format of file, as the reports name it. */
public enum Format {
    PNG("png", "image/png"),
    JPEG("jpeg", "image/jpeg"),
    WEBP("webp", "image/webp"),
    GIF("gif", "image/gif"),
    TIFF("tiff", "image/tiff"),
    SVG("svg", "image/svg+xml"),
    WAV("wav", "audio/wav"),
    MP3("mp3", "audio/mpeg"),
    AAC("aac", "audio/aac"),
    HEIC("heic", "image/heic"),
    HEIF("heif", "image/heif"),
    AVIF("avif", "image/avif"),
    MP4("mp4", "video/mp4"),
    MOV("mov", "video/quicktime"),
    M4A("m4a", "audio/mp4"),
    FLAC("flac", "audio/flac"),
    OGG("ogg", "audio/ogg"),
    MKV("mkv", "video/x-matroska"),
    WEBM("webm", "video/webm"),
    AVI("avi", "video/x-msvideo"),
    FLV("flv", "video/x-flv"),
    PDF("pdf", "application/pdf"),
    DOCX("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    PPTX("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ODT("odt", "application/vnd.oasis.opendocument.text"),
    ODS("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ODP("odp", "application/vnd.oasis.opendocument.presentation"),
    EPUB("epub", "application/epub+zip"),
    HTML("html", "text/html"),
    GLTF("gltf", "model/gltf+json"),
    GLB("glb", "model/gltf-binary"),
    MARKDOWN("markdown", "text/markdown"),
    TEXT("text", "text/plain"),
    /** None of those above. */
    UNKNOWN("unknown", "application/octet-stream");

    private final String word;
    private final String mediaType;

    Format(String word, String mediaType) {
        this.word = word;
        this.mediaType = mediaType;
    }

    /** The word in reports. */
    public String word() {
        return word;
    }

    /** The media type for HTTP. */
    public String mediaType() {
        return mediaType;
    }
}
