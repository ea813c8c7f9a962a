package dev.ebbgate.springai;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.annotation.Tool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Tools as people have them.
class Travel {

    final CountDownLatch interrupted = new CountDownLatch(1);

    @Tool
    String weather(String city) {
        return "sunny in " + city;
    }

    @Tool
    String search(String query) throws InterruptedException {
        try {
            Thread.sleep(60_000);
            return query;
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    @Tool
    void book(int nights) {
        if (nights > 7) {
            throw new IllegalArgumentException("at most 7 nights");
        }
    }

    @Tool
    String pay() throws IOException {
        throw new IOException("no line to the bank");
    }

    @Tool
    List<String> cities(ToolContext context) {
        return List.of("Ghent", String.valueOf(context.getContext().get("traveller")));
    }

    @Tool(returnDirect = true)
    String ticket() {
        return "ticket 7";
    }
}
