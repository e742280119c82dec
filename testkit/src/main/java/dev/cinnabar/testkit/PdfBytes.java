package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Builds small PDF files: with a cross-reference table, with a stream and objects packed in object streams, or with both (hybrid). */
public final class PdfBytes {
    private final Map<Integer, String> objects = new TreeMap<>();
    private String trailer = "/Root 1 0 R";

    private PdfBytes() {
        object(1, "<</Type/Catalog/Pages 2 0 R>>");
        object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
        object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<<>>>>");
        object(4, "<</Length 25>>\nstream\n0 0 1 rg 10 10 50 50 re f\nendstream");
    }

    /** One page with a blue square. */
    public static PdfBytes page() {
        return new PdfBytes();
    }

    /** Adds or replaces an object. */
    public PdfBytes object(int number, String body) {
        objects.put(number, body);
        return this;
    }

    /** Adds to the trailer. */
    public PdfBytes trailer(String members) {
        trailer += members;
        return this;
    }

    /** With an Info dictionary. */
    public PdfBytes info(String members) {
        return object(5, "<<" + members + ">>").trailer("/Info 5 0 R");
    }

    /** A file with a table. */
    public byte[] table() {
        StringBuilder out = new StringBuilder("%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n");
        Map<Integer, Integer> places = bodies(out, objects);
        int at = out.length();
        int size = objects.keySet().stream().mapToInt(i -> i).max().orElse(0) + 1;
        out.append("xref\n0 ").append(size).append("\n0000000000 65535 f \n");
        for (int i = 1; i < size; i++) {
            Integer place = places.get(i);
            out.append(place == null ? "0000000000 00000 f \n" : String.format(Locale.ROOT, "%010d 00000 n \n", place));
        }
        out.append("trailer\n<</Size ").append(size).append(trailer).append(">>\nstartxref\n");
        return latin(out.append(at).append("\n%%EOF\n").toString());
    }

    /** A file with a cross-reference stream; all but streams packed in one object stream. {@code predictor}: rows filtered as PNG's "up". */
    public byte[] stream(boolean predictor) {
        StringBuilder out = new StringBuilder("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        Map<Integer, String> loose = new TreeMap<>();
        StringBuilder heads = new StringBuilder();
        StringBuilder packed = new StringBuilder();
        Map<Integer, Integer> index = new TreeMap<>();
        objects.forEach((number, body) -> {
            if (body.contains("stream")) {
                loose.put(number, body);
            } else {
                heads.append(number).append(' ').append(packed.length()).append(' ');
                packed.append(body).append('\n');
                index.put(number, index.size());
            }
        });
        int last = objects.keySet().stream().mapToInt(i -> i).max().orElse(0);
        String content = text(deflate(latin(heads.toString() + packed)));
        loose.put(
                last + 1,
                "<</Type/ObjStm/N " + index.size() + "/First " + heads.length() + "/Filter/FlateDecode/Length "
                        + content.length() + ">>\nstream\n" + content + "\nendstream");
        Map<Integer, Integer> places = bodies(out, loose);
        int at = out.length();
        places.put(last + 2, at);
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        byte[] above = new byte[7];
        for (int i = 0; i <= last + 2; i++) {
            ByteBuffer row = ByteBuffer.allocate(7);
            if (places.containsKey(i)) {
                row.put((byte) 1).putInt(places.get(i)).putShort((short) 0);
            } else if (index.containsKey(i)) {
                row.put((byte) 2).putInt(last + 1).putShort(index.get(i).shortValue());
            }
            if (predictor) {
                rows.write(2);
            }
            for (int k = 0; k < 7; k++) {
                rows.write(row.array()[k] - (predictor ? above[k] : 0));
            }
            above = row.array();
        }
        String table = text(deflate(rows.toByteArray()));
        out.append(last + 2)
                .append(" 0 obj\n<</Type/XRef/Size ")
                .append(last + 3)
                .append(trailer);
        out.append("/W[1 4 2]/Filter/FlateDecode");
        out.append(predictor ? "/DecodeParms<</Predictor 12/Columns 7>>" : "");
        out.append("/Length ").append(table.length()).append(">>\nstream\n").append(table);
        return latin(out.append("\nendstream\nendobj\nstartxref\n")
                .append(at)
                .append("\n%%EOF\n")
                .toString());
    }

    /** A file with a table that hides its Info dictionary (object 5), which only the stream beside the table knows. */
    public byte[] hybrid() {
        StringBuilder out = new StringBuilder("%PDF-1.5\n%\u00E2\u00E3\u00CF\u00D3\n");
        Map<Integer, Integer> places = bodies(out, objects);
        int hidden = out.length();
        ByteBuffer row = ByteBuffer.allocate(7)
                .put((byte) 1)
                .putInt(places.getOrDefault(5, 0))
                .putShort((short) 0);
        out.append("6 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Index[5 1]/Length 7/Root 1 0 R>>\nstream\n");
        out.append(text(row.array())).append("\nendstream\nendobj\n");
        int at = out.length();
        out.append("xref\n0 7\n0000000005 65535 f \n");
        for (int i = 1; i <= 6; i++) {
            Integer place = i == 6 ? Integer.valueOf(hidden) : places.get(i);
            out.append(i == 5 ? "0000000000 65535 f \n" : String.format(Locale.ROOT, "%010d 00000 n \n", place));
        }
        out.append("trailer\n<</Size 7")
                .append(trailer)
                .append("/XRefStm ")
                .append(hidden)
                .append(">>\nstartxref\n");
        return latin(out.append(at).append("\n%%EOF\n").toString());
    }

    private static Map<Integer, Integer> bodies(StringBuilder out, Map<Integer, String> objects) {
        Map<Integer, Integer> places = new TreeMap<>();
        objects.forEach((number, body) -> {
            places.put(number, out.length());
            out.append(number).append(" 0 obj\n").append(body).append("\nendobj\n");
        });
        return places;
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        byte[] out = new byte[content.length + 100];
        int n = deflater.deflate(out);
        deflater.end();
        return java.util.Arrays.copyOf(out, n);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
