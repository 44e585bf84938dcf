package org.deadletteroffice.core.index;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.deadletteroffice.spi.message.MessageId;

/// Message ids, packed: some 24 bytes for a Kafka id instead of 100 as an object. The number of an
/// id is its place in the order of adding. One thread at a time.
final class IdTable {
    private static final int CHUNK = 1 << 20;

    private byte[][] chunks = {new byte[CHUNK]};
    private int chunk;
    private int used;

    /// Where the id of each number begins: chunk in the upper half, offset in the lower.
    private long[] places = new long[1_024];

    private int size;

    /// Open addressing; number + 1, 0 for free.
    private int[] slots = new int[4_096];

    int size() {
        return size;
    }

    /// The number of this id; -1 where it was never added.
    int find(MessageId id) {
        var text = bytes(id);
        int slot = slot(text);
        return slots[slot] - 1;
    }

    /// Adds an id.
    ///
    /// @return its number; -1 where it is here already
    int add(MessageId id) {
        var text = bytes(id);
        int slot = slot(text);
        if (slots[slot] != 0) {
            return -1;
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, size + (size >> 1));
        }
        places[size] = store(text);
        slots[slot] = ++size;
        if (size > slots.length / 2) {
            grow();
        }
        return size - 1;
    }

    MessageId get(int number) {
        long place = places[number];
        var bytes = chunks[(int) (place >>> 32)];
        int at = (int) place;
        int length = ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
        return new MessageId(new String(bytes, at + 2, length, StandardCharsets.UTF_8));
    }

    void write(IndexWriting out) throws IOException {
        out.number(size);
        out.number(chunk);
        for (int i = 0; i < chunk; i++) {
            out.bytes(chunks[i], CHUNK);
        }
        out.bytes(chunks[chunk], used);
    }

    /// Places and slots are made anew from the ids themselves: they are larger than those.
    static IdTable read(IndexReading in) throws IOException {
        var table = new IdTable();
        table.size = in.count(2);
        table.chunk = in.count(CHUNK);
        table.chunks = new byte[Math.max(1, table.chunk + 1)][];
        for (int i = 0; i <= table.chunk; i++) {
            var bytes = in.bytes();
            table.chunks[i] = Arrays.copyOf(bytes, CHUNK);
            table.used = bytes.length;
        }
        table.places = new long[Math.max(1_024, table.size)];
        table.findPlaces();
        int slots = 4_096;
        while (slots < table.size * 2L) {
            slots *= 2;
        }
        table.slots = new int[slots];
        table.fillSlots();
        return table;
    }

    private void findPlaces() throws IOException {
        int inChunk = 0;
        int at = 0;
        for (int number = 0; number < size; number++) {
            if (at + 2 > CHUNK || at + 2 + lengthAt(inChunk, at) > CHUNK || isUnused(inChunk, at)) {
                inChunk++;
                at = 0;
            }
            if (inChunk > chunk) {
                throw new EOFException("fewer ids than announced");
            }
            places[number] = ((long) inChunk << 32) | at;
            at += 2 + lengthAt(inChunk, at);
        }
    }

    /// An id has at least one character: two zeros are the end of a chunk.
    private boolean isUnused(int inChunk, int at) {
        return lengthAt(inChunk, at) == 0;
    }

    private int lengthAt(int inChunk, int at) {
        var bytes = chunks[inChunk];
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    private static byte[] bytes(MessageId id) {
        var bytes = id.text().getBytes(StandardCharsets.UTF_8);
        // Ids are short by contract; a longer one is cut, and two that differ only behind that fall
        // together, which costs a count of one.
        return bytes.length <= 0xFFFF ? bytes : Arrays.copyOf(bytes, 0xFFFF);
    }

    private long store(byte[] text) {
        int needed = text.length + 2;
        if (used + needed > CHUNK) {
            chunk++;
            used = 0;
            if (chunk == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunk * 2);
            }
            chunks[chunk] = new byte[CHUNK];
        }
        var bytes = chunks[chunk];
        long place = ((long) chunk << 32) | used;
        bytes[used] = (byte) (text.length >> 8);
        bytes[used + 1] = (byte) text.length;
        System.arraycopy(text, 0, bytes, used + 2, text.length);
        used += needed;
        return place;
    }

    /// The slot that holds this id, else the free one where it belongs.
    private int slot(byte[] text) {
        int mask = slots.length - 1;
        int slot = hash(text, 0, text.length) & mask;
        while (slots[slot] != 0 && !is(slots[slot] - 1, text)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean is(int number, byte[] text) {
        long place = places[number];
        var bytes = chunks[(int) (place >>> 32)];
        int at = (int) place;
        int length = ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
        return Arrays.equals(bytes, at + 2, at + 2 + length, text, 0, text.length);
    }

    private void grow() {
        slots = new int[slots.length * 2];
        fillSlots();
    }

    private void fillSlots() {
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            long place = places[number];
            int at = (int) place;
            int inChunk = (int) (place >>> 32);
            int length = lengthAt(inChunk, at);
            int slot = hash(chunks[inChunk], at + 2, at + 2 + length) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number + 1;
        }
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        // Ids count up: without mixing they would fill neighbouring slots.
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
