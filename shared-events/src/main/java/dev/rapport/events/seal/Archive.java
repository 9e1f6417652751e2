package dev.rapport.events.seal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A zip of which there is one form only: the same files in the same order are the same bytes, on every Java and at every time. So nothing is
 * compressed (deflated bytes differ between versions of zlib), and times and attributes are constant. A reader takes the files out, writes
 * them again, and takes nothing that does not come out the same; there is no room for what one program sees in a zip and another does not.
 */
final class Archive {

    /** Where our zips end: their sizes are added up in 31 bits when they are read. */
    static final int LARGEST = Integer.MAX_VALUE - 64;

    static final int MOST_FILES = 65_534;

    private static final Pattern NAME = Pattern.compile("([a-z0-9]+/)?[A-Za-z0-9]+(\\.[a-z]+|\\.tlog-proof)");

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_SIZE = 30;
    private static final int CENTRAL_SIZE = 46;
    private static final int END_SIZE = 22;
    private static final short VERSION = 10;
    private static final short FIRST_OF_1980 = 0x21;

    private final OutputStream out;
    private final List<Central> central = new ArrayList<>();
    private long written;

    private record Central(String name, int crc, int size, int offset) {

        byte[] ascii() {
            return name.getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** An archive that is written to this stream, file by file. The stream is the caller's to close. */
    Archive(OutputStream out) {
        this.out = out;
    }

    void add(String name, byte[] content) throws IOException {
        if (central.size() == MOST_FILES || written + LOCAL_SIZE + name.length() + content.length > LARGEST) {
            throw new IOException("more than " + MOST_FILES + " files or " + LARGEST + " bytes");
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        Central entry = new Central(name, (int) crc.getValue(), content.length, (int) written);
        central.add(entry);
        write(described(header(LOCAL_SIZE + name.length()).putInt(LOCAL), entry)
                .putShort((short) 0)
                .put(entry.ascii()));
        out.write(content);
        written += content.length;
    }

    void finish() throws IOException {
        long start = written;
        for (Central entry : central) {
            write(described(
                            header(CENTRAL_SIZE + entry.name.length())
                                    .putInt(CENTRAL)
                                    .putShort(VERSION),
                            entry)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(entry.offset)
                    .put(entry.ascii()));
        }
        if (written + END_SIZE > LARGEST) {
            throw new IOException("more than " + LARGEST + " bytes");
        }
        write(header(END_SIZE)
                .putInt(END)
                .putInt(0)
                .putShort((short) central.size())
                .putShort((short) central.size())
                .putInt((int) (written - start))
                .putInt((int) start)
                .putShort((short) 0));
    }

    /** What the two headers of a file have in common. */
    private static ByteBuffer described(ByteBuffer header, Central entry) {
        return header.putShort(VERSION)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(FIRST_OF_1980)
                .putInt(entry.crc)
                .putInt(entry.size)
                .putInt(entry.size)
                .putShort((short) entry.name.length());
    }

    private static ByteBuffer header(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(ByteBuffer header) throws IOException {
        byte[] bytes = new byte[header.flip().remaining()];
        header.get(bytes);
        out.write(bytes);
        written += bytes.length;
    }

    /**
     * The files of an archive, in its order.
     *
     * @throws SealException when it is not, byte for byte, what would be written for them
     */
    static Map<String, byte[]> read(byte[] zip) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (in.getInt() == LOCAL) {
                in.position(in.position() + 14);
                int compressed = in.getInt();
                int size = in.getInt();
                byte[] ascii = new byte[Short.toUnsignedInt(in.getShort())];
                in.getShort();
                in.get(ascii);
                String name = new String(ascii, StandardCharsets.US_ASCII);
                if (!NAME.matcher(name).matches()) {
                    throw new SealException("the zip holds a file with a name that no bundle has");
                }
                if (size < 0 || size != compressed || size > in.remaining()) {
                    throw new SealException("the zip breaks off, or is not one of a bundle, at the file " + name);
                }
                byte[] content = new byte[size];
                in.get(content);
                if (files.put(name, content) != null) {
                    throw new SealException("the zip holds the file " + name + " twice");
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SealException("the zip breaks off, or is not one of a bundle", e);
        }
        requireSame(files, zip);
        return files;
    }

    private static void requireSame(Map<String, byte[]> files, byte[] zip) {
        Comparison comparison = new Comparison(zip);
        try {
            Archive again = new Archive(comparison);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                again.add(file.getKey(), file.getValue());
            }
            again.finish();
        } catch (IOException e) {
            throw new SealException("the zip is not in the form that a bundle has: " + e.getMessage(), e);
        }
        if (comparison.position != zip.length) {
            throw new SealException("something follows the end of the zip");
        }
    }

    /** Takes only bytes that are those expected. */
    private static final class Comparison extends OutputStream {

        private final byte[] expected;
        private int position;

        Comparison(byte[] expected) {
            this.expected = expected;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int offset, int length) throws IOException {
            if (length > expected.length - position) {
                throw new IOException("it breaks off");
            }
            int difference = Arrays.mismatch(b, offset, offset + length, expected, position, position + length);
            if (difference >= 0) {
                throw new IOException("byte " + (position + difference) + " is another one");
            }
            position += length;
        }
    }
}
