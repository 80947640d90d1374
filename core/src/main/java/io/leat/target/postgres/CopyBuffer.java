package io.leat.target.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes of COPY's binary form on their way to the server, in network order. */
final class CopyBuffer {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int FULL = 1 << 16;

    private ByteBuffer bytes = ByteBuffer.allocate(FULL * 2);

    /** What stands before the first row. */
    void header() {
        bytes.put(SIGNATURE).putInt(0).putInt(0);
    }

    /** What stands after the last row. */
    void trailer() {
        bytes.putShort((short) -1);
    }

    void row(int fields) {
        room(Short.BYTES);
        bytes.putShort((short) fields);
    }

    void none() {
        room(Integer.BYTES);
        bytes.putInt(-1);
    }

    void ofByte(int value) {
        room(Integer.BYTES + Byte.BYTES);
        bytes.putInt(Byte.BYTES).put((byte) value);
    }

    void ofShort(short value) {
        room(Integer.BYTES + Short.BYTES);
        bytes.putInt(Short.BYTES).putShort(value);
    }

    void ofInt(int value) {
        room(Integer.BYTES + Integer.BYTES);
        bytes.putInt(Integer.BYTES).putInt(value);
    }

    void ofLong(long value) {
        room(Integer.BYTES + Long.BYTES);
        bytes.putInt(Long.BYTES).putLong(value);
    }

    void ofText(String text) {
        ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void ofHex(String digits) {
        ofBytes(HexFormat.of().parseHex(digits));
    }

    void ofBytes(byte[] value) {
        room(Integer.BYTES + value.length);
        bytes.putInt(value.length).put(value);
    }

    /** @param digits groups of four decimal digits, the most significant first, as many as {@code count} */
    void ofNumeric(boolean negative, int scale, int weight, int[] digits, int count) {
        room(Integer.BYTES + (4 + count) * Short.BYTES);
        bytes.putInt((4 + count) * Short.BYTES)
                .putShort((short) count)
                .putShort((short) weight)
                .putShort((short) (negative ? 0x4000 : 0))
                .putShort((short) scale);
        for (int i = 0; i < count; i++) {
            bytes.putShort((short) digits[i]);
        }
    }

    boolean isFull() {
        return bytes.position() >= FULL;
    }

    int length() {
        return bytes.position();
    }

    byte[] array() {
        return bytes.array();
    }

    void clear() {
        bytes.clear();
    }

    private void room(int more) {
        if (bytes.remaining() < more) {
            bytes = ByteBuffer.allocate(Math.addExact(bytes.capacity(), Math.max(bytes.capacity(), more)))
                    .put(bytes.flip());
        }
    }
}
