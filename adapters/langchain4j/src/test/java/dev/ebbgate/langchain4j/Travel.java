package dev.ebbgate.langchain4j;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolMemoryId;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Tools as people have them.
class Travel {

    final CountDownLatch interrupted = new CountDownLatch(1);

    @Tool
    String weather(@P(name = "city") String city) {
        return "sunny in " + city;
    }

    @Tool
    String search(@P(name = "query") String query) throws InterruptedException {
        try {
            Thread.sleep(60_000);
            return query;
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    @Tool
    void book(@P(name = "nights") int nights) {
        if (nights > 7) {
            throw new IllegalArgumentException("at most 7 nights");
        }
    }

    @Tool
    List<String> cities(@ToolMemoryId String traveller) {
        return List.of("Ghent", traveller);
    }

    @Tool(returnBehavior = ReturnBehavior.IMMEDIATE)
    String ticket() {
        return "ticket 7";
    }
}
