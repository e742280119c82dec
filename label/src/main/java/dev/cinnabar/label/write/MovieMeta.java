package dev.cinnabar.label.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One metadata box of a movie: a list of items, named by keys (mdta) or by their own four letters (mdir). */
final class MovieMeta {
    /** One key, with its bytes. */
    private record Key(String namespace, String name, byte[] raw) {
        boolean isOurs() {
            return namespace.equals("mdta") && name.equals("AIGC");
        }
    }

    private final BmffTree tree;
    private final BmffBox meta;
    private final Optional<BmffBox> keyBox;
    private final List<Key> keys = new ArrayList<>();
    private final List<BmffBox> lists;

    private MovieMeta(BmffTree tree, BmffBox meta, Optional<BmffBox> keyBox) {
        this.tree = tree;
        this.meta = meta;
        this.keyBox = keyBox;
        this.lists = meta.all("ilst");
    }

    static MovieMeta of(BmffTree tree, BmffBox meta) throws IOException, Refusal {
        // ISO gives the box a version and flags, QuickTime does not
        boolean plain = tree.file().latin(meta.body() + 4, 4).equals("hdlr");
        List<BmffBox> parts = tree.open(meta, plain ? 0 : 4);
        boolean mdta = false;
        Optional<BmffBox> keys = Optional.empty();
        for (BmffBox part : parts) {
            if (part.is("hdlr")) {
                mdta = tree.file().latin(part.body() + 8, 4).equals("mdta");
            } else if (part.is("keys")) {
                keys = Optional.of(part);
            }
        }
        MovieMeta read = new MovieMeta(tree, meta, mdta ? keys : Optional.empty());
        read.readKeys();
        return read;
    }

    /**
     * A metadata box that holds the label and nothing else. Its keys begin with those of the movie's own metadata, for ffmpeg takes the first keys it meets for the names of every list.
     */
    static byte[] fresh(List<byte[]> others, byte[] json) {
        byte[] handler = BmffTree.box("hdlr", new byte[8], latin("mdta"), new byte[13]);
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        others.forEach(keys::writeBytes);
        keys.writeBytes(key());
        int count = others.size() + 1;
        byte[] table = BmffTree.box("keys", new byte[4], BmffTree.big(count, 4), keys.toByteArray());
        return BmffTree.box("meta", new byte[4], handler, table, BmffTree.box("ilst", item(count, json)));
    }

    /** The keys that are no label's. */
    List<byte[]> otherKeys() {
        return keys.stream().filter(key -> !saysAigc(key)).map(Key::raw).toList();
    }

    private static byte[] key() {
        return BmffTree.box("mdta", latin("AIGC"));
    }

    /** An item under a key: UTF-8 text (1) of no language. */
    private static byte[] item(long number, byte[] json) {
        String type = new String(BmffTree.big(number, 4), StandardCharsets.ISO_8859_1);
        return BmffTree.box(type, BmffTree.box("data", BmffTree.big(1, 4), new byte[4], json));
    }

    private void readKeys() throws IOException, Refusal {
        if (keyBox.isEmpty()) {
            return;
        }
        BmffBox box = keyBox.get();
        byte[] content = tree.content(box.body(), box.end());
        int at = 8;
        while (at + 8 <= content.length) {
            int size = java.nio.ByteBuffer.wrap(content).getInt(at);
            if (size < 8
                    || size > content.length - at
                    || keys.size() > tree.job().limits().boxes()) {
                throw Refusal.broken(box.body() + at, "a key claims " + size + " bytes");
            }
            byte[] raw = java.util.Arrays.copyOfRange(content, at, at + size);
            String namespace = new String(raw, 4, 4, StandardCharsets.ISO_8859_1);
            keys.add(new Key(namespace, new String(raw, 8, Math.min(1024, size - 8), StandardCharsets.UTF_8), raw));
            at += size;
        }
    }

    /** Takes the labels out; where {@code json} is given and there are keys, puts it in the place of the first under the right key, or adds it. Says whether it did. */
    boolean clean(Optional<byte[]> json) throws IOException, Refusal {
        List<BmffBox> labels = new ArrayList<>();
        int items = 0;
        for (BmffBox list : lists) {
            for (BmffBox item : tree.open(list, 0)) {
                items++;
                if (isLabel(item)) {
                    labels.add(item);
                }
            }
        }
        boolean here = json.isPresent() && keyBox.isPresent();
        boolean nothingElse =
                !labels.isEmpty() && labels.size() == items && keys.stream().allMatch(MovieMeta::saysAigc);
        if (!here && nothingElse) {
            tree.drop(meta);
            return false;
        }
        int number = here ? ourKey() : -1;
        Optional<BmffBox> kept =
                labels.stream().filter(item -> number(item) == number).findFirst();
        long[] numbers = renumbered(number);
        relist(labels, kept, numbers, here ? json : Optional.empty());
        rekey(number, numbers, here);
        return here;
    }

    /** The number of the key the label will stand under: the first that is right, or one more. */
    private int ourKey() {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).isOurs()) {
                return i + 1;
            }
        }
        return keys.size() + 1;
    }

    /** The new number of every key; 0 for one that goes. */
    private long[] renumbered(int ours) {
        long[] numbers = new long[keys.size() + 2];
        long next = 1;
        for (int i = 1; i <= keys.size(); i++) {
            boolean goes = saysAigc(keys.get(i - 1)) && i != ours;
            numbers[i] = goes ? 0 : next++;
        }
        numbers[keys.size() + 1] = next;
        return numbers;
    }

    private void relist(List<BmffBox> labels, Optional<BmffBox> kept, long[] numbers, Optional<byte[]> json) {
        for (BmffBox list : lists) {
            for (BmffBox item : list.children()) {
                long number = number(item);
                if (kept.isPresent() && kept.get().at() == item.at()) {
                    tree.replace(list, item.at(), item.end(), item(numbers[(int) number], json.orElseThrow()));
                } else if (labels.contains(item)) {
                    tree.drop(item);
                } else if (number >= 1 && number <= keys.size() && numbers[(int) number] != number) {
                    tree.edits().replace(item.at() + 4, item.at() + 8, BmffTree.big(numbers[(int) number], 4));
                }
            }
        }
        if (json.isEmpty() || kept.isPresent()) {
            return;
        }
        byte[] item = item(numbers[ourKey()], json.get());
        if (lists.isEmpty()) {
            tree.replace(meta, meta.end(), meta.end(), BmffTree.box("ilst", item));
        } else {
            tree.replace(
                    lists.getFirst(), lists.getFirst().end(), lists.getFirst().end(), item);
        }
    }

    private void rekey(int ours, long[] numbers, boolean here) {
        if (keyBox.isEmpty()) {
            return;
        }
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        int count = 0;
        for (int i = 1; i <= keys.size(); i++) {
            if (numbers[i] != 0) {
                raw.writeBytes(keys.get(i - 1).raw());
                count++;
            }
        }
        if (here && ours > keys.size()) {
            raw.writeBytes(key());
            count++;
        } else if (count == keys.size()) {
            return;
        }
        BmffBox box = keyBox.get();
        byte[] bytes = BmffTree.box("keys", new byte[4], BmffTree.big(count, 4), raw.toByteArray());
        tree.replace(box.parent().orElseThrow(), box.at(), box.end(), bytes);
    }

    private boolean isLabel(BmffBox item) throws IOException, Refusal {
        List<BmffBox> parts = tree.open(item, 0);
        if (saysAigc(name(item))) {
            return true;
        }
        for (BmffBox part : parts) {
            if (part.is("data") && part.length() >= 8 && holdsLabel(part)) {
                return true;
            }
        }
        return false;
    }

    private boolean holdsLabel(BmffBox data) throws IOException, Refusal {
        if (tree.file().big(data.body(), 4) == 2 && data.length() < 1 << 16) {
            byte[] text = tree.content(data.body() + 8, data.end());
            return OldLabels.isLabel(new String(text, StandardCharsets.UTF_16BE));
        }
        return MovieCleaning.isLabel(tree, data.body() + 8, data.end());
    }

    private String name(BmffBox item) throws IOException, Refusal {
        long number = number(item);
        if (number >= 1 && number <= keys.size()) {
            return keys.get((int) number - 1).name();
        }
        Optional<BmffBox> name = item.is("----") ? item.child("name") : Optional.empty();
        if (name.isPresent() && name.get().length() > 4 && name.get().length() < 1024) {
            byte[] text = tree.content(name.get().body() + 4, name.get().end());
            return new String(text, StandardCharsets.UTF_8);
        }
        return item.type();
    }

    private static long number(BmffBox item) {
        byte[] type = latin(item.type());
        return java.nio.ByteBuffer.wrap(type).getInt() & 0xFFFFFFFFL;
    }

    private static boolean saysAigc(Key key) {
        return saysAigc(key.name());
    }

    private static boolean saysAigc(String name) {
        return OldLabels.mentions(name.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
