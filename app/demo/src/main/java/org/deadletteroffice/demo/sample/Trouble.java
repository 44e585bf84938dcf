package org.deadletteroffice.demo.sample;

/// What consumers in six languages died of, with the stack traces that these languages print.
public enum Trouble {
    JAVA(
            "partner-gateway",
            "com.northwind.gateway.PartnerException",
            "partner message could not be stored",
            "java.sql.SQLIntegrityConstraintViolationException"),
    NODE("stock-reserver", "StockError", "no stock for KB-104", "SyntaxError"),
    PYTHON("invoice-worker", "ValueError", "invoice A-80417 has no VAT number", "KeyError"),
    RUBY("loyalty-points", "LoyaltyError", "no points for A-80423", "KeyError"),
    DOTNET(
            "order-pricing",
            "System.InvalidOperationException",
            "Order A-80431 cannot be priced",
            "System.Collections.Generic.KeyNotFoundException"),
    GO("parcel-weigher", "panic", "runtime error: index out of range [3] with length 1", "panic");

    private final String consumer;
    private final String type;
    private final String message;
    private final String root;

    Trouble(String consumer, String type, String message, String root) {
        this.consumer = consumer;
        this.type = type;
        this.message = message;
        this.root = root;
    }

    public String consumer() {
        return consumer;
    }

    /// The type of what was thrown last.
    public String type() {
        return type;
    }

    public String message() {
        return message;
    }

    /// The type of what was thrown first.
    public String root() {
        return root;
    }

    /// As the language prints it.
    public String trace() {
        return Resources.text(name().toLowerCase(java.util.Locale.ROOT) + ".txt").strip();
    }
}
