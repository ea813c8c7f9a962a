package dev.ebbgate.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.ebbgate.core.event.Event;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The shape of events: what OCSF 1.8.0 requires of each class, and our own fields.
class OcsfWriterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OcsfWriter WRITER = new OcsfWriter("1.2.3", "gate-1");

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    static Stream<Event> all() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyEvent_hasWhatTheBaseEventRequires(Event event) throws IOException {
        JsonNode json = json(event);

        int classUid = json.get("class_uid").asInt();
        assertThat(json.get("category_uid").asInt()).isEqualTo(classUid / 1_000);
        assertThat(json.get("type_uid").asInt())
                .isEqualTo(classUid * 100 + json.get("activity_id").asInt());
        assertThat(json.get("severity_id").asInt()).isBetween(1, 6);
        assertThat(json.get("status_id").asInt()).isBetween(1, 2);
        assertThat(json.get("time").asLong()).isEqualTo(1_700_000_000_123L);
        assertThat(json.get("message").asText()).isEqualTo(event.message());
        JsonNode metadata = json.get("metadata");
        assertThat(metadata.get("version").asText()).isEqualTo("1.8.0");
        assertThat(metadata.get("uid").asText()).isEqualTo("u1");
        assertThat(metadata.get("event_code").asText()).matches("[a-z-]+");
        assertThat(metadata.get("product").get("name").asText()).isEqualTo("Ebbgate");
        assertThat(metadata.get("product").get("version").asText()).isEqualTo("1.2.3");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyEvent_hasWhatItsClassRequires(Event event) throws IOException {
        JsonNode json = json(event);

        switch (json.get("class_uid").asInt()) {
            case 4001 -> assertThat(json.get("dst_endpoint").get("svc_name").asText()).isNotBlank();
            case 5019 -> assertThat(json.get("device").get("type_id").asInt()).isEqualTo(99);
            case 6003 -> {
                assertThat(json.get("actor").get("app_name").asText()).isNotBlank();
                assertThat(json.get("api").get("operation").asText()).isNotBlank();
                assertThat(json.get("src_endpoint").size()).isPositive();
            }
            case 6008 -> assertThat(json.get("message").asText()).isNotBlank();
            default -> throw new AssertionError(json);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void anEvent_isOneLineAndCannotBeTakenForAnExchange(Event event) throws IOException {
        String line = line(event);

        assertThat(line).endsWith("}\n");
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        Set<String> ofExchanges = Set.of("exchange", "outcome", "attempts", "total_ms");
        JSON.readTree(line)
                .fieldNames()
                .forEachRemaining(field -> assertThat(ofExchanges).doesNotContain(field));
    }

    @Test
    @DisplayName("O5 the event of a truncated stream: network activity, limit, value and source")
    void aTruncatedStream_isAResetWithItsLimit() throws IOException {
        JsonNode json = json(Samples.TRUNCATED);

        assertThat(json.get("class_uid").asInt()).isEqualTo(4001);
        assertThat(json.get("activity_name").asText()).isEqualTo("Reset");
        assertThat(json.get("type_uid").asInt()).isEqualTo(400103);
        assertThat(json.get("status").asText()).isEqualTo("Failure");
        assertThat(json.get("metadata").get("event_code").asText()).isEqualTo("stream-truncated");
        JsonNode own = json.get("unmapped");
        assertThat(own.get("limit").asText()).isEqualTo("stream-idle");
        assertThat(own.get("value").asText()).isEqualTo("5m");
        assertThat(own.get("value_ms").asLong()).isEqualTo(300_000);
        assertThat(own.get("source").asText()).isEqualTo("routes.coder.timeouts.stream-idle");
        assertThat(own.get("phase").asText()).isEqualTo("stream");
        assertThat(own.get("exchange").asText()).isEqualTo("x1");
        assertThat(own.get("target").asText()).isEqualTo("vllm/big");
    }

    @ParameterizedTest
    @MethodSource("all")
    void fieldsOfAnEvent_areThoseOfItsRowInTheDocument(Event event) throws IOException {
        JsonNode json = json(event);
        String kind = "`" + json.get("metadata").get("event_code").asText() + "`";
        List<String[]> rows =
                Files.readAllLines(Path.of("../docs/events.md")).stream()
                        .map(line -> line.split(" \\| "))
                        .toList();

        int row = 0;
        while (!rows.get(row)[0].contains(kind)) {
            row++;
        }
        Set<String> described = names(rows.get(row)[4]);
        while (rows.get(row)[4].startsWith("the same")) { // without what it names
            row--;
            described = difference(names(rows.get(row)[4]), described);
        }

        assertThat(json.get("unmapped").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(described);
    }

    private static Set<String> names(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> difference(Set<String> all, Set<String> but) {
        return all.stream().filter(name -> !but.contains(name)).collect(Collectors.toSet());
    }

    @Test
    void aRefusedConfiguration_isAFailedChangeOfTheDevicesState() throws IOException {
        JsonNode json = json(Samples.REFUSED);

        assertThat(json.get("type_uid").asInt()).isEqualTo(501901);
        assertThat(json.get("status").asText()).isEqualTo("Failure");
        assertThat(json.get("severity").asText()).isEqualTo("High");
        assertThat(json.get("unmapped").get("details").get(0).asText())
                .isEqualTo("routes.coder.targets");
    }

    private static JsonNode json(Event event) throws IOException {
        return JSON.readTree(line(event));
    }

    private static String line(Event event) {
        byte[] line = WRITER.line(new Happened(event, 1_700_000_000_123L, "u1"));
        return new String(line, StandardCharsets.UTF_8);
    }
}
