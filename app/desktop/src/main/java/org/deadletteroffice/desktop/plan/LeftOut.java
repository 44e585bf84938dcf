package org.deadletteroffice.desktop.plan;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.job.Preview.Exclusion;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.MessageId;

/// What a plan leaves out and why, with examples. Open while it is short, behind its [#link] when
/// it is long.
public final class LeftOut extends VBox {
    private static final int SHORT = 4;

    private final Hyperlink link;
    private final String words;

    public LeftOut(List<Exclusion> excluded) {
        super(4);
        getStyleClass().addAll("card-part", "tiles");
        excluded.forEach(exclusion -> getChildren().add(row(exclusion)));
        long all = excluded.stream().mapToLong(Exclusion::count).sum();
        words = "See the " + Amounts.of(all) + " left out ›";
        link = Buttons.link(words, () -> open(!isVisible()));
        open(excluded.size() <= SHORT);
    }

    /// Opens and closes it.
    public Node link() {
        return link;
    }

    private void open(boolean open) {
        setVisible(open);
        setManaged(open);
        link.setText(open ? "Hide what is left out" : words);
    }

    private static Node row(Exclusion exclusion) {
        var count = new Label(Amounts.of(exclusion.count()));
        count.getStyleClass().add("strong");
        count.setMinWidth(Region.USE_PREF_SIZE);
        var reason = new Label(exclusion.reason());
        reason.setWrapText(true);
        HBox.setHgrow(reason, Priority.ALWAYS);
        reason.setMaxWidth(Double.MAX_VALUE);
        var ids = exclusion.examples().stream().map(MessageId::text).toList();
        var examples = Labels.note(String.join(", ", ids.stream().limit(3).toList()));
        examples.getStyleClass().add("mono");
        examples.setTooltip(Buttons.tip(String.join("\n", ids)));
        var row = new HBox(8, count, reason, examples);
        row.setAlignment(Pos.BASELINE_LEFT);
        return row;
    }
}
