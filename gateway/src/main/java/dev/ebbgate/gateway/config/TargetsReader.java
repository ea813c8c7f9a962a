package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.TargetRef;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads a route's `targets: […]`; a list within the list is one place.
final class TargetsReader {

    static final String EXAMPLE = "[vllm/my-model]";

    private final Set<String> providers;
    private final boolean pattern;
    private final Set<TargetRef> seen = new HashSet<>();

    private TargetsReader(Set<String> providers, boolean pattern) {
        this.providers = providers;
        this.pattern = pattern;
    }

    /// The places that have a well written target.
    ///
    /// @param pattern whether the route is one
    static List<List<TargetRef>> read(Section route, Set<String> providers, boolean pattern) {
        Field field = route.require("targets", EXAMPLE);
        List<List<TargetRef>> places = new ArrayList<>();
        TargetsReader reader = new TargetsReader(providers, pattern);
        for (Field item : field == null ? List.<Field>of() : reader.items(field)) {
            List<TargetRef> place =
                    reader.place(item.isList() ? reader.items(item) : List.of(item));
            if (!place.isEmpty()) {
                places.add(place);
            }
        }
        return places;
    }

    private List<Field> items(Field field) {
        List<Field> items = field.items(EXAMPLE);
        if (items.isEmpty() && field.isList()) {
            field.refuse("a route needs a target; write for example " + EXAMPLE);
        }
        return items;
    }

    private List<TargetRef> place(List<Field> items) {
        List<TargetRef> place = new ArrayList<>();
        for (Field item : items) {
            TargetRef target = target(item);
            if (target != null && !seen.add(target)) {
                item.refuse(
                        item.shown() + " stands here twice; write it once, and retries for more");
            } else if (target != null) {
                place.add(target);
            }
        }
        return place;
    }

    private @Nullable TargetRef target(Field item) {
        TargetRef target = item.read(TargetRef::parse, "provider/model");
        if (target == null) {
            return null;
        }
        if (!providers.contains(target.provider())) {
            String near = Section.meant(target.provider(), providers);
            item.refuse("no provider of that name for " + item.shown() + "; write " + near);
            return null;
        }
        if (!pattern && target.model().equals(TargetRef.ASKED)) {
            item.refuse("only a pattern's target has a star; write the model after the slash");
            return null;
        }
        return target;
    }
}
