package org.deadletteroffice.desktop.edit;

/// Something in an edited text that is wrong, and where.
///
/// @param line from 1; 0 where it is not known
/// @param column from 1; 0 where it is not known
public record Fault(String sentence, int line, int column) {
    public String place() {
        return line == 0 ? "" : "line " + line + (column == 0 ? "" : ", column " + column);
    }
}
