package org.deadletteroffice.cli;

/// What a script learns from the end of `dlo`. Stable.
public enum ExitCode {
    DONE(0, "done"),
    IN_PART(1, "done in part; the output says what was left and why"),
    WRONG_USE(2, "wrong use"),
    UNREACHABLE(3, "a broker does not answer"),
    NOT_ALLOWED(4, "not authenticated or not authorised"),
    NOT_FOUND(5, "there is no such profile, queue, message or job"),
    REFUSED(6, "refused: read-only profile, confirmation missing"),
    INTERRUPTED(7, "interrupted; can be resumed"),
    DEFECT(70, "a defect of this program, or its data folder cannot be used");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }
}
