package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * HEIC, HEIF and AVIF: the label in the XMP item that describes the primary picture (TC260-PG-20259A), in place of every label the file carries. Where there is no such item, one is
 * added, with its packet in a media box of its own at the end.
 */
final class HeifWriter implements FormatWriter {
    private final Format format;
    private final List<Finding> notes = new ArrayList<>();

    HeifWriter(Format format) {
        this.format = format;
    }

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        BmffTree tree = BmffTree.of(file, job);
        new BmffSeal(tree).check(notes);
        BmffBox meta = tree.only("meta").orElseThrow(() -> new Refusal(Fault.NO_ROOM, "it has no items (meta)"));
        new MovieCleaning(tree).clean(tree.only("moov"), Optional.empty());
        HeifTable table = HeifTable.of(tree, meta);
        HeifPlaces places = HeifPlaces.of(tree, meta)
                .orElseThrow(() -> new Refusal(Fault.NO_ROOM, "it has no table of items' places"));
        Optional<HeifTable.Item> target = clean(tree, table, places);
        Fresh fresh = target.isPresent() ? replace(tree, places, target.get().id()) : append(tree, table, places);
        finish(tree, places, fresh);
        job.withoutMark(format).ifPresent(notes::add);
        return new Draft(tree.edits().plan(file.size()), "heif:mime/xmp", List.of(), notes);
    }

    /** An item whose packet was put at the end of the file; its number is -1 where none was. */
    private record Fresh(long id, long end, long length) {
        static Fresh none() {
            return new Fresh(-1, 0, 0);
        }
    }

    /** Takes labels out of every item but the one that will carry the new one; gives that, where it is there already. */
    private static Optional<HeifTable.Item> clean(BmffTree tree, HeifTable table, HeifPlaces places)
            throws IOException, Refusal {
        Optional<HeifTable.Item> target = Optional.empty();
        for (HeifTable.Item item : table.items()) {
            boolean exif = item.type().equals("Exif");
            if ((!exif && !item.isXmp()) || !item.isOpen()) {
                continue;
            }
            Optional<HeifPlaces.Item> place = places.item(item.id()).filter(HeifPlaces.Item::isHere);
            if (place.isEmpty() || place.get().extents().isEmpty()) {
                continue;
            }
            byte[] content = content(tree, place.get());
            if (exif) {
                exif(tree, place.get(), content);
            } else if (target.isEmpty() && table.describesPrimary(item.id())) {
                target = Optional.of(item);
            } else if (XmpPacket.couldHoldLabel(content)) {
                scatter(tree, place.get(), XmpPacket.without(content), content.length);
            }
        }
        return target;
    }

    private static byte[] content(BmffTree tree, HeifPlaces.Item item) throws IOException, Refusal {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (HeifPlaces.Extent extent : item.extents()) {
            if (extent.at() < 0
                    || extent.length() < 0
                    || extent.length() > tree.file().size()) {
                throw Refusal.broken(0, "an item lies beyond the end of the file");
            }
            if (extent.length() > tree.job().limits().textBytes() - out.size()) {
                throw new Refusal(Fault.TOO_LARGE, "an item of text has " + extent.length() + " bytes");
            }
            out.writeBytes(tree.file().stretch(extent.at(), extent.length()));
        }
        return out.toByteArray();
    }

    private static void exif(BmffTree tree, HeifPlaces.Item item, byte[] content) throws Refusal {
        long start = content.length < 4
                ? content.length
                : 4 + (java.nio.ByteBuffer.wrap(content).getInt() & 0xFFFFFFFFL);
        if (start >= content.length) {
            return;
        }
        byte[] block = Arrays.copyOfRange(content, (int) start, content.length);
        if (ExifBlock.clean(block).isBlanked()) {
            System.arraycopy(block, 0, content, (int) start, block.length);
            scatter(tree, item, content, content.length);
        }
    }

    /** Puts new content into the stretches of an item, filled up with blanks. */
    private static void scatter(BmffTree tree, HeifPlaces.Item item, byte[] content, int length) throws Refusal {
        byte[] all = Arrays.copyOf(content, length);
        Arrays.fill(all, Math.min(content.length, length), length, (byte) ' ');
        int from = 0;
        for (HeifPlaces.Extent extent : item.extents()) {
            int to = from + (int) extent.length();
            tree.put(extent.at(), extent.end(), Arrays.copyOfRange(all, from, to));
            from = to;
        }
    }

    /** Gives the item that is there its new packet, where the old one began. */
    private static Fresh replace(BmffTree tree, HeifPlaces places, long id) throws IOException, Refusal {
        HeifPlaces.Item item = places.item(id).orElseThrow();
        byte[] packet = XmpPacket.labelled(content(tree, item), tree.job().order());
        HeifPlaces.Extent first = item.extents().getFirst();
        alone(places, item);
        tree.put(first.at(), first.end(), packet);
        tree.around(first.at(), first.end()).grow(packet.length - first.length());
        for (HeifPlaces.Extent other : item.extents().subList(1, item.extents().size())) {
            tree.put(other.at(), other.end(), new byte[(int) other.length()]);
        }
        places.put(item.with(List.of(new HeifPlaces.Extent(first.index(), first.at(), packet.length))));
        return Fresh.none();
    }

    /** Refuses where another item lies in the same bytes. */
    private static void alone(HeifPlaces places, HeifPlaces.Item item) throws Refusal {
        for (HeifPlaces.Item other : places.items()) {
            if (other.id() == item.id() || !other.isHere()) {
                continue;
            }
            for (HeifPlaces.Extent theirs : other.extents()) {
                for (HeifPlaces.Extent ours : item.extents()) {
                    boolean apart = theirs.end() <= ours.at() || ours.end() <= theirs.at();
                    if (!apart || theirs.length() == 0) {
                        throw Refusal.broken(ours.at(), "another item lies in the bytes of the XMP packet");
                    }
                }
            }
        }
    }

    private static Fresh append(BmffTree tree, HeifTable table, HeifPlaces places) throws IOException, Refusal {
        byte[] packet = XmpPacket.fresh(tree.job().order());
        long id = table.addXmp(places);
        BmffBox last = tree.top().getLast();
        if (last.size() == BmffBox.Size.OPEN) {
            long size = last.end() - last.at();
            if (size >= 1L << 32) {
                throw new Refusal(Fault.NO_ROOM, "its last box has no end");
            }
            tree.edits().replace(last.at(), last.at() + 4, BmffTree.big(size, 4));
        }
        tree.edits().insert(last.end(), BmffTree.box("mdat", packet));
        places.put(new HeifPlaces.Item(id, 0, 0, 0, List.of(new HeifPlaces.Extent(0, 0, packet.length))));
        return new Fresh(id, last.end(), packet.length);
    }

    private static void finish(BmffTree tree, HeifPlaces places, Fresh fresh) throws IOException, Refusal {
        BmffBox box = places.box();
        byte[][] made = new byte[1][0];
        long length = places.length();
        tree.edits().replace(box.at(), box.end(), length, out -> out.write(made[0]));
        box.parent().orElseThrow().grow(length - (box.end() - box.at()));
        Shift shift = new BmffPositions(tree).follow(Optional.of(box));
        if (fresh.id() >= 0) {
            HeifPlaces.Extent last = new HeifPlaces.Extent(0, shift.of(fresh.end()) - fresh.length(), fresh.length());
            places.put(new HeifPlaces.Item(fresh.id(), 0, 0, 0, List.of(last)));
        }
        made[0] = places.bytes(shift, fresh.id());
        tree.sizes(tree.top());
    }
}
