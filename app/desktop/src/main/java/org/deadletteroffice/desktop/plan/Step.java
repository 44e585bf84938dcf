package org.deadletteroffice.desktop.plan;

/// Where the operator stands in a plan; the steps before it are done.
public enum Step {
    WHAT("What"),
    WHERE("Where and how"),
    REHEARSE("Rehearse"),
    CONFIRM("Confirm");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
