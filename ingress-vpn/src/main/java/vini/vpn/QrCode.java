package vini.vpn;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A text as a QR code, for the camera of a phone: in a terminal, two dots a character, or as a
 * picture. Made without AWT, which wants fonts.
 */
public final class QrCode {
    /** Dots of white around the code, ISO/IEC 18004. */
    private static final int QUIET = 4;

    /** In a terminal the rest of the screen helps. */
    private static final int QUIET_IN_TERMINAL = 2;

    private static final String WHITE_ON_BLACK = "\u001b[97;40m";
    private static final String PLAIN = "\u001b[0m";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final BitMatrix dots;

    /**
     * The code of a text of ASCII, up to some 2,900 characters.
     *
     * @throws IllegalArgumentException for a longer one
     */
    public QrCode(String text) {
        Map<EncodeHintType, Object> hints = new EnumMap<>(EncodeHintType.class);
        hints.put(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.L);
        hints.put(EncodeHintType.MARGIN, 0);
        try {
            dots = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints);
        } catch (WriterException e) {
            throw new IllegalArgumentException(
                    "a text of " + text.length() + " characters is too long for a QR code", e);
        }
    }

    /** How many dots it is wide, and high. */
    public int size() {
        return dots.getWidth();
    }

    /** Whether a dot is black; outside of the code all are white. */
    public boolean isBlack(int x, int y) {
        return x >= 0 && y >= 0 && x < size() && y < size() && dots.get(x, y);
    }

    /** Lines of half blocks, white on black in any terminal that knows ANSI colours. */
    public String terminal() {
        StringBuilder text = new StringBuilder();
        int end = size() + QUIET_IN_TERMINAL;
        for (int y = -QUIET_IN_TERMINAL; y < end; y += 2) {
            text.append(WHITE_ON_BLACK);
            for (int x = -QUIET_IN_TERMINAL; x < end; x++) {
                boolean upper = isBlack(x, y);
                boolean lower = isBlack(x, y + 1) || y + 1 >= end;
                text.append(upper ? lower ? ' ' : '▄' : lower ? '▀' : '█');
            }
            text.append(PLAIN).append('\n');
        }
        return text.toString();
    }

    /** A picture in black and white, {@code scale} pixels a dot. */
    public byte[] png(int scale) {
        int pixels = (size() + 2 * QUIET) * scale;
        int row = 1 + (pixels + 7) / 8;
        byte[] rows = new byte[row * pixels];
        for (int y = 0; y < pixels; y++) {
            for (int x = 0; x < pixels; x++) {
                if (!isBlack(x / scale - QUIET, y / scale - QUIET)) {
                    rows[y * row + 1 + x / 8] |= (byte) (0x80 >>> x % 8);
                }
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(PNG);
        // One bit of grey a pixel, deflated, not interlaced.
        byte[] header = {1, 0, 0, 0, 0};
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13).putInt(pixels).putInt(pixels).put(header).array());
        chunk(png, "IDAT", deflated(rows));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[4096];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
