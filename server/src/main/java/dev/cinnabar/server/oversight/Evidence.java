package dev.cinnabar.server.oversight;

import dev.cinnabar.ledger.Checkpoint;
import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.ledger.Proof;
import dev.cinnabar.server.logs.Logs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An entry with its proof, its checkpoint and the log's key: all that somebody needs to check it without us and without a network. */
record Evidence(Logs.Log book, Entry entry, Proof.Inclusion proof, Checkpoint checkpoint, boolean holds) {

    /** The evidence for an entry, under a checkpoint that covers it. */
    static Evidence of(Logs.Log book, Entry entry) throws LedgerException {
        Checkpoint newest = book.ledger().checkpoint();
        Checkpoint checkpoint =
                newest.size() > entry.index() ? newest : book.ledger().sign();
        Proof.Inclusion proof = book.ledger().proveInclusion(entry.index(), checkpoint);
        return new Evidence(book, entry, proof, checkpoint, proof.holds(entry.leafHash(), checkpoint));
    }

    /** The files: the leaf, its JSON, the proof (tlog-proof), the key, a small program that checks them, and how to. The same evidence gives the same bytes. */
    byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "leaf.bin", entry.leaf());
            add(zip, "content.json", entry.content());
            add(zip, "proof.txt", proof.text(checkpoint).getBytes(StandardCharsets.UTF_8));
            add(zip, "key.txt", (book.keys().getFirst() + "\n").getBytes(StandardCharsets.UTF_8));
            add(zip, "Verify.java", resource("Verify.java.txt"));
            add(zip, "README.md", resource("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException("packing the evidence of entry " + entry.index(), e);
        }
        return bytes.toByteArray();
    }

    private void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry file = new ZipEntry(name);
        file.setTime(entry.instant().toEpochMilli());
        zip.putNextEntry(file);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Evidence.class.getResourceAsStream("/oversight/" + name)) {
            if (in == null) {
                throw new IOException("the file " + name + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }
}
