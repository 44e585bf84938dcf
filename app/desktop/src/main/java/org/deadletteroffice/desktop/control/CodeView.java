package org.deadletteroffice.desktop.control;

import java.util.Set;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.SetChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.scene.layout.StackPane;
import jfx.incubator.scene.control.richtext.CodeArea;
import jfx.incubator.scene.control.richtext.SyntaxDecorator;
import jfx.incubator.scene.control.richtext.TextPos;
import jfx.incubator.scene.control.richtext.model.CodeTextModel;
import jfx.incubator.scene.control.richtext.model.RichParagraph;
import jfx.incubator.scene.control.richtext.model.StyleAttributeMap;
import org.jspecify.annotations.Nullable;

/// A payload, a stack trace or any text with structure; to read or to edit.
public final class CodeView extends StackPane {
    private final CodeArea area = new CodeArea();
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private Highlighter highlighter = Highlighter.PLAIN;
    private Set<Integer> marked = Set.of();
    private final SetChangeListener<PseudoClass> themed = _ -> recolour();
    private boolean stale;

    /// @param name for a screen reader
    public CodeView(String name, boolean editable) {
        getStyleClass().add("code-view");
        area.getStyleClass().add("code-area");
        area.setAccessibleText(name);
        area.setEditable(editable);
        area.setDisplayCaret(editable);
        area.setHighlightCurrentParagraph(editable);
        area.setLineNumbersEnabled(editable);
        area.setContentPadding(new Insets(8, 12, 8, 12));
        area.setTabSize(2);
        area.setLineSpacing(3);
        area.setSyntaxDecorator(new Decorator());
        getChildren().add(area);
        sceneProperty()
                .addListener(
                        (_, before, now) -> {
                            if (before != null) {
                                before.getRoot().getPseudoClassStates().removeListener(themed);
                            }
                            if (now != null) {
                                now.getRoot().getPseudoClassStates().addListener(themed);
                                recolour();
                            }
                        });
    }

    /// The area keeps the colours its lines were made with, so they are made again with the theme.
    private void recolour() {
        area.setSyntaxDecorator(new Decorator());
    }

    public void show(String newText, Highlighter newHighlighter) {
        show(newText, newHighlighter, Set.of());
    }

    /// @param markedLines from 0, drawn as wrong
    public void show(String newText, Highlighter newHighlighter, Set<Integer> markedLines) {
        highlighter = newHighlighter;
        marked = Set.copyOf(markedLines);
        area.setText(newText);
        area.clearUndoRedo();
        area.moveDocumentStart();
        text.set(newText);
    }

    /// What stands there now; while editing, it follows every change.
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    public void setWrapText(boolean wrap) {
        area.setWrapText(wrap);
    }

    public boolean isEditable() {
        return area.isEditable();
    }

    /// Grows with its text instead of scrolling.
    public void setUseContentHeight(boolean use) {
        area.setUseContentHeight(use);
    }

    @Override
    public void requestFocus() {
        area.requestFocus();
    }

    /// The control itself, for keys and search.
    public CodeArea area() {
        return area;
    }

    /// Selects the next place of `sought`, ignoring case, after the caret; from the top at the end.
    ///
    /// @return whether there is one
    public boolean find(String sought) {
        if (sought.isEmpty()) {
            return false;
        }
        var lines = area.getParagraphCount();
        var caret = area.getCaretPosition();
        var line = caret == null ? 0 : caret.index();
        var from = caret == null ? 0 : caret.offset();
        for (var i = 0; i <= lines; i++) {
            var index = (line + i) % lines;
            var at = indexIn(area.getPlainText(index), sought, i == 0 ? from : 0);
            if (at >= 0) {
                area.select(
                        TextPos.ofLeading(index, at),
                        TextPos.ofLeading(index, at + sought.length()));
                return true;
            }
        }
        return false;
    }

    private static int indexIn(@Nullable String line, String sought, int from) {
        if (line == null) {
            return -1;
        }
        for (var i = from; i + sought.length() <= line.length(); i++) {
            if (line.regionMatches(true, i, sought, 0, sought.length())) {
                return i;
            }
        }
        return -1;
    }

    private final class Decorator implements SyntaxDecorator {
        @Override
        public RichParagraph createRichParagraph(CodeTextModel model, int index) {
            var line = model.getPlainText(index);
            var paragraph = RichParagraph.builder();
            if (line == null || line.isEmpty()) {
                paragraph.addSegment("");
            } else if (line.length() > Highlighter.LONGEST_LINE) {
                paragraph.addWithStyleNames(line, Highlighter.Meaning.TEXT.styleClass);
            } else {
                for (var part : highlighter.cut(line)) {
                    paragraph.addWithStyleNames(part.text(), part.meaning().styleClass);
                }
                if (marked.contains(index)) {
                    paragraph.addHighlight(0, line.length(), "code-marked");
                }
            }
            return paragraph.setParagraphAttributes(StyleAttributeMap.EMPTY).build();
        }

        @Override
        public void handleChange(
                CodeTextModel model,
                TextPos start,
                TextPos end,
                int charsTop,
                int linesAdded,
                int charsBottom) {
            // The model tells of each piece of a change; the whole text is asked for once, after.
            if (!stale && area.isEditable()) {
                stale = true;
                requestLayout();
            }
        }
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (stale) {
            stale = false;
            var now = area.getText();
            text.set(now == null ? "" : now);
        }
    }
}
