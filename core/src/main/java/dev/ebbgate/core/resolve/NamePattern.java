package dev.ebbgate.core.resolve;

/// A route's name in which `*` stands for any text, also none.
record NamePattern(String text) {

    /// Whether `name` fits; in time linear in practice, as only the last star is ever tried anew.
    boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < name.length()) {
            if (in < text.length() && text.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < text.length() && text.charAt(in) == name.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < text.length() && text.charAt(in) == '*') {
            in++;
        }
        return in == text.length();
    }

    /// How many characters it prescribes: more is more specific.
    int prescribed() {
        return (int) text.chars().filter(c -> c != '*').count();
    }

    boolean isQualified() {
        return text.indexOf('/') >= 0;
    }
}
