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

/// Messages counted by what is to be said of them, with examples. Open while it is short, behind
/// its [#link] when it is long.
public final class Reasons extends VBox {
    private static final int SHORT = 4;

    private final Hyperlink link;
    private final String words;
    private final String hide;

    /// What a plan leaves out.
    public static Reasons leftOut(List<Exclusion> excluded) {
        return new Reasons(excluded, "left out", "what is left out");
    }

    /// @param all what they are, behind their number: `left out`
    /// @param what the same without a number: `what is left out`
    public Reasons(List<Exclusion> excluded, String all, String what) {
        super(4);
        hide = "Hide " + what;
        getStyleClass().addAll("card-part", "tiles");
        excluded.forEach(exclusion -> getChildren().add(row(exclusion)));
        long count = excluded.stream().mapToLong(Exclusion::count).sum();
        words = "See the " + Amounts.of(count) + " " + all + " ›";
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
        link.setText(open ? hide : words);
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
