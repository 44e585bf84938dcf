package org.deadletteroffice.desktop.shell;

/// What dialogs and sheets are drawn on; made before the frame, as models need their [Dialogs].
public final class Surface {
    private final Overlay overlay = new Overlay();
    private final Toasts toasts = new Toasts();
    private final Dialogs dialogs = new WindowDialogs(overlay, toasts);

    public Dialogs dialogs() {
        return dialogs;
    }

    Overlay overlay() {
        return overlay;
    }

    Toasts toasts() {
        return toasts;
    }
}
