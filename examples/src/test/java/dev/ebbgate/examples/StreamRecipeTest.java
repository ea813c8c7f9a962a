package dev.ebbgate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class StreamRecipeTest {

    @Test
    void answerArrives_theReaderHasIt() {
        List<String> read = new ArrayList<>();
        StreamRecipe.Reader reader =
                new StreamRecipe.Reader() {
                    @Override
                    public void text(String delta) {
                        read.add(delta);
                    }

                    @Override
                    public void end() {
                        read.add("end");
                    }

                    @Override
                    public void failed(RuntimeException error) {
                        read.add("failed");
                    }
                };

        StreamRecipe.answer(() -> read.add("cancelled"), reader, "hello");

        assertThat(read).containsExactly("hello", "end");
    }
}
