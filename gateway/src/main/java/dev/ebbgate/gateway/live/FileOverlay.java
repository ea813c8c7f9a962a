package dev.ebbgate.gateway.live;

import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.core.overlay.OverlayKey.Section;
import dev.ebbgate.core.overlay.OverlayStore;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The overlay in a file beside the configuration, readable by its owner alone: it may hold keys.
/// It is replaced as a whole: after a crash there is the old one or the new one.
///
/// It is JSON with one entry per line, and so YAML as well.
public final class FileOverlay implements OverlayStore {

    private static final String FOLDER = ".ebbgate";
    private static final String NAME = "overlay.yaml";
    private static final int VERSION = 1;

    private final Path file;

    public FileOverlay(Path file) {
        this.file = file;
    }

    /// The one that belongs to a configuration in this folder.
    public static FileOverlay in(Path folder) {
        return new FileOverlay(folder.resolve(FOLDER).resolve(NAME));
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public Overlay read() throws Unavailable {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException _) {
            return Overlay.EMPTY;
        } catch (IOException | SecurityException e) {
            throw new Unavailable(place() + " cannot be read: " + e.getMessage());
        } catch (DecodeException
                | ClassCastException
                | NullPointerException
                | IllegalArgumentException
                | DateTimeParseException _) {
            throw new Unavailable(place() + " is not as the gateway writes it; mend or remove it");
        }
    }

    private Overlay parse(String text) throws Unavailable {
        StringBuilder json = new StringBuilder();
        text.lines().filter(line -> !line.startsWith("#")).forEach(json::append);
        JsonObject whole = new JsonObject(json.toString());
        if (whole.getInteger("version") != VERSION) {
            throw new Unavailable(place() + " is of another version of the gateway; remove it");
        }
        List<OverlayEntry> entries = new ArrayList<>();
        JsonArray written = whole.getJsonArray("entries");
        for (int i = 0; i < written.size(); i++) {
            entries.add(entry(written.getJsonObject(i)));
        }
        return new Overlay(whole.getLong("revision"), entries);
    }

    private static OverlayEntry entry(JsonObject written) {
        Section section = Section.valueOf(written.getString("section").toUpperCase(Locale.ROOT));
        if (!written.containsKey("value")) {
            throw new IllegalArgumentException("an entry without its value");
        }
        Object value = written.getValue("value");
        return new OverlayEntry(
                new OverlayKey(section, written.getString("name"), written.getString("key")),
                value == null ? null : Json.encode(value),
                Instant.parse(written.getString("at")).toEpochMilli());
    }

    @Override
    public boolean replace(Overlay next) throws Unavailable {
        try (FileChannel gate = gate();
                var _ = gate.lock()) {
            if (read().revision() != next.revision() - 1) {
                return false;
            }
            write(text(next));
            return true;
        } catch (OverlappingFileLockException _) {
            throw new Unavailable(place() + " is being written; try again");
        } catch (IOException | SecurityException e) {
            throw new Unavailable(place() + " cannot be written: " + e.getMessage());
        }
    }

    /// What a process holds while it compares and writes. It is never replaced, so all hold the
    /// same.
    private FileChannel gate() throws IOException {
        Files.createDirectories(folder());
        return FileChannel.open(
                folder().resolve(NAME + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    private Path folder() {
        return file.toAbsolutePath().resolveSibling(".").normalize();
    }

    private static String text(Overlay overlay) {
        StringBuilder out = new StringBuilder();
        out.append(
                "# Changes made while the gateway ran; they win over the configuration's file.\n");
        out.append("# Shown by ebbgate route get, dropped by ebbgate route reset.\n");
        out.append("{\"version\": ").append(VERSION);
        out.append(", \"revision\": ").append(overlay.revision());
        out.append(", \"entries\": [");
        String before = "\n";
        for (OverlayEntry entry : overlay.entries()) {
            out.append(before).append("  ").append(line(entry).encode());
            before = ",\n";
        }
        return out.append("\n]}\n").toString();
    }

    private static JsonObject line(OverlayEntry entry) {
        OverlayKey key = entry.key();
        String value = entry.value();
        return new JsonObject()
                .put("section", key.section().key())
                .put("name", key.name())
                .put("key", key.key())
                .put("value", value == null ? null : Json.decodeValue(value))
                .put("at", Instant.ofEpochMilli(entry.atMillis()).toString());
    }

    private void write(String text) throws IOException {
        Path folder = folder();
        Path next = folder.resolve(NAME + ".next");
        Files.deleteIfExists(next);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.createFile(
                    next,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(next);
        }
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel entries = FileChannel.open(folder)) {
                entries.force(true); // the new name as well
            }
        }
    }
}
