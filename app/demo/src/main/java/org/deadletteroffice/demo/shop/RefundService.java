package org.deadletteroffice.demo.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.deadletteroffice.demo.style.Thrown;

/// Pays money back for what was returned; an older service, whose dead-letter topic still has the
/// suffix of Spring Kafka before 3.3.
public final class RefundService implements Service {
    public static final String GROUP = "refund-svc";
    public static final String LISTENER =
            "public void com.northwind.returns.RefundListener.onReturn(java.lang.String)";

    private static final String LISTENER_FRAME =
            "com.northwind.returns.RefundListener.onReturn(RefundListener.java:33)";

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Optional<Thrown> process(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? Optional.empty()
                    : refund(json.readTree(record.value()));
        } catch (IOException malformed) {
            return Optional.of(
                    Thrown.of(malformed).framesOf("com.fasterxml.").below(List.of(LISTENER_FRAME)));
        }
    }

    private static Optional<Thrown> refund(JsonNode refund) {
        if (refund.path("amount").asDouble() <= 0) {
            return Optional.of(notPositive(refund));
        }
        return refund.path("iban").asText().matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
                ? Optional.empty()
                : Optional.of(
                        new Thrown(
                                "org.iban4j.IbanFormatException",
                                "Iban contains illegal characters ["
                                        + refund.path("iban").asText()
                                        + ']',
                                List.of(
                                        "org.iban4j.IbanUtil.validate(IbanUtil.java:61)",
                                        "com.northwind.returns.RefundService.pay(RefundService.java:48)",
                                        LISTENER_FRAME)));
    }

    private static Thrown notPositive(JsonNode refund) {
        var constraint =
                "ERROR: new row for relation \"refund\" violates check constraint"
                        + " \"refund_amount_check\"";
        var postgres =
                new Thrown(
                        "org.postgresql.util.PSQLException",
                        constraint
                                + "\n  Detail: Failing row contains ("
                                + refund.path("orderId").asText()
                                + ", "
                                + refund.path("amount").asText()
                                + ", null).",
                        List.of(
                                "org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse"
                                        + "(QueryExecutorImpl.java:2733)",
                                "org.postgresql.jdbc.PgPreparedStatement.executeUpdate"
                                        + "(PgPreparedStatement.java:155)",
                                "org.hibernate.engine.jdbc.internal.ResultSetReturnImpl"
                                        + ".executeUpdate(ResultSetReturnImpl.java:194)"));
        var hibernate =
                new Thrown(
                                "org.hibernate.exception.ConstraintViolationException",
                                "could not execute statement [" + constraint + ']',
                                List.of(
                                        "org.hibernate.exception.internal"
                                                + ".SQLStateConversionDelegate.convert"
                                                + "(SQLStateConversionDelegate.java:97)",
                                        "org.hibernate.engine.jdbc.internal.ResultSetReturnImpl"
                                                + ".executeUpdate(ResultSetReturnImpl.java:197)"))
                        .causedBy(postgres);
        return new Thrown(
                        "org.springframework.dao.DataIntegrityViolationException",
                        "could not execute statement; SQL [n/a]; constraint [refund_amount_check]",
                        List.of(
                                "org.springframework.orm.jpa.vendor.HibernateJpaDialect"
                                        + ".convertHibernateAccessException"
                                        + "(HibernateJpaDialect.java:294)"))
                .causedBy(hibernate)
                .below(
                        List.of(
                                "org.springframework.data.jpa.repository.support"
                                        + ".SimpleJpaRepository.save(SimpleJpaRepository.java:629)",
                                "com.northwind.returns.RefundService.pay(RefundService.java:52)",
                                LISTENER_FRAME));
    }
}
