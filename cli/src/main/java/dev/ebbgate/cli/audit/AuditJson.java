package dev.ebbgate.cli.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.ebbgate.ledger.audit.Answer;
import dev.ebbgate.ledger.audit.Row;
import dev.ebbgate.ledger.pace.Measured;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/// An audit for programs.
public final class AuditJson {

    private AuditJson() {}

    /// One object on one line. `model` names the row, whatever the rows stand for.
    public static String text(Answer answer) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            write(answer, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string takes everything
        }
        return out.toString();
    }

    private static void write(Answer answer, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("since", time(answer.question().window().sinceMillis()));
        json.writeStringField("until", time(answer.question().window().untilMillis()));
        json.writeNumberField("cliff_s", answer.question().cliffMillis() / 1_000.0);
        json.writeNumberField("hang_s", answer.question().hangMillis() / 1_000.0);
        json.writeArrayFieldStart("rows");
        for (Row row : answer.rows()) {
            json.writeStartObject();
            write(row, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static void write(Row row, JsonGenerator json) throws IOException {
        json.writeStringField("model", row.name());
        json.writeNumberField("n", row.cell().count());
        json.writeNumberField("ok", row.cell().completed());
        json.writeNumberField("failed_over", row.cell().failedOver());
        json.writeNumberField("hangs", row.hangs());
        seconds(json, "p50_s", Optional.of(row.percentile(50)));
        seconds(json, "p90_s", Optional.of(row.percentile(90)));
        seconds(json, "p99_s", Optional.of(row.percentile(99)));
        seconds(json, "max_s", Optional.of(row.max()));
        seconds(json, "first_token_p50_s", row.firstToken(50));
        seconds(json, "first_token_p99_s", row.firstToken(99));
        json.writeNumberField("cliff_distance_s", row.cliffDistanceMillis() / 1_000.0);
        json.writeBooleanField("at_least", row.isAtLeast());
        json.writeStringField("warning", Words.warning(row)); // null if there is none
    }

    private static void seconds(JsonGenerator json, String name, Optional<Measured> measured)
            throws IOException {
        if (measured.isPresent()) {
            json.writeNumberField(name, measured.get().seconds());
        } else {
            json.writeNullField(name);
        }
    }
}
