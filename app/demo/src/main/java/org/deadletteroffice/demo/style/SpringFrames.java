package org.deadletteroffice.demo.style;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What Spring Kafka 4.1.2 wraps around an application's exception, with the frames of its own that
/// a real trace shows.
final class SpringFrames {
    private static final String FAILED =
            "org.springframework.kafka.listener.ListenerExecutionFailedException";
    private static final String LOOP =
            "org.springframework.kafka.listener.KafkaMessageListenerContainer$ListenerConsumer.";
    private static final String ADAPTER = "org.springframework.kafka.listener.adapter.";

    /// From the thread's start to the container's call of a listener.
    private static final List<String> CONTAINER =
            List.of(
                    LOOP + "invokeOnMessage(KafkaMessageListenerContainer.java:3084)",
                    LOOP + "doInvokeRecordListener(KafkaMessageListenerContainer.java:2994)",
                    LOOP + "doInvokeWithRecords(KafkaMessageListenerContainer.java:2812)",
                    LOOP + "invokeRecordListener(KafkaMessageListenerContainer.java:2698)",
                    LOOP + "invokeListener(KafkaMessageListenerContainer.java:2329)",
                    LOOP + "invokeIfHaveRecords(KafkaMessageListenerContainer.java:1625)",
                    LOOP + "pollAndInvoke(KafkaMessageListenerContainer.java:1527)",
                    LOOP + "run(KafkaMessageListenerContainer.java:1388)",
                    "java.base/java.util.concurrent.CompletableFuture$AsyncRun.run"
                            + "(CompletableFuture.java:1825)",
                    "java.base/java.lang.Thread.run(Thread.java:1474)");

    private static final String CALL =
            LOOP + "doInvokeOnMessage(KafkaMessageListenerContainer.java:3105)";

    private static final List<String> LISTENER_ADAPTER =
            List.of(
                    ADAPTER
                            + "MessagingMessageListenerAdapter.invoke"
                            + "(MessagingMessageListenerAdapter.java:427)",
                    ADAPTER
                            + "RecordMessagingMessageListenerAdapter.onMessage"
                            + "(RecordMessagingMessageListenerAdapter.java:92)",
                    ADAPTER
                            + "RecordMessagingMessageListenerAdapter.onMessage"
                            + "(RecordMessagingMessageListenerAdapter.java:52)");

    private static final String BACKOFF = ADAPTER + "KafkaBackoffAwareMessageListenerAdapter.";
    private static final String BACKOFF_FILE = "(KafkaBackoffAwareMessageListenerAdapter.java:";

    private static final List<String> BACKOFF_ADAPTER =
            List.of(
                    BACKOFF + "invokeDelegateOnMessage" + BACKOFF_FILE + "110)",
                    BACKOFF + "onMessage" + BACKOFF_FILE + "101)",
                    BACKOFF + "onMessage" + BACKOFF_FILE + "51)");

    private static final String FAILED_IN_ADAPTER =
            ADAPTER
                    + "MessagingMessageListenerAdapter.invokeHandler"
                    + "(MessagingMessageListenerAdapter.java:515)";

    /// The call of the annotated method.
    private static final List<String> INVOCATION =
            List.of(
                    "java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke"
                            + "(DirectMethodHandleAccessor.java:104)",
                    "java.base/java.lang.reflect.Method.invoke(Method.java:565)",
                    "org.springframework.messaging.handler.invocation.InvocableHandlerMethod"
                            + ".doInvoke(InvocableHandlerMethod.java:168)",
                    ADAPTER
                            + "KotlinAwareInvocableHandlerMethod.doInvoke"
                            + "(KotlinAwareInvocableHandlerMethod.java:48)",
                    "org.springframework.messaging.handler.invocation.InvocableHandlerMethod"
                            + ".invoke(InvocableHandlerMethod.java:119)",
                    ADAPTER + "HandlerAdapter.invoke(HandlerAdapter.java:80)",
                    ADAPTER
                            + "MessagingMessageListenerAdapter.invokeHandler"
                            + "(MessagingMessageListenerAdapter.java:490)");

    private SpringFrames() {}

    /// @param application with the frames of the application alone
    static Thrown listenerFailed(String listener, Thrown application) {
        var restored =
                new Thrown(
                        FAILED,
                        "Restored Stack Trace",
                        all(List.of(FAILED_IN_ADAPTER), LISTENER_ADAPTER, List.of(CALL)));
        return decorated(3247, threwException(listener))
                .suppressing(restored)
                .causedBy(
                        application.below(
                                all(INVOCATION, LISTENER_ADAPTER, List.of(CALL), CONTAINER)));
    }

    /// @param application with the frames of the application alone
    static Thrown retryListenerFailed(String listener, Thrown application, Instant at) {
        var retrying = all(LISTENER_ADAPTER, BACKOFF_ADAPTER, List.of(CALL), CONTAINER);
        var failed =
                new Thrown(
                        FAILED,
                        threwException(listener),
                        all(List.of(FAILED_IN_ADAPTER), retrying));
        var timestamped =
                new Thrown(
                        "org.springframework.kafka.listener.TimestampedException",
                        "Exception thrown at " + at,
                        all(
                                List.of(BACKOFF + "onMessage" + BACKOFF_FILE + "104)"),
                                List.of(BACKOFF + "onMessage" + BACKOFF_FILE + "51)", CALL),
                                CONTAINER));
        return decorated(3251, "Listener failed")
                .causedBy(
                        timestamped.causedBy(
                                failed.causedBy(application.below(all(INVOCATION, retrying)))));
    }

    private static Thrown decorated(int line, String message) {
        return new Thrown(
                FAILED,
                message,
                all(
                        List.of(
                                LOOP
                                        + "decorateException(KafkaMessageListenerContainer.java:"
                                        + line
                                        + ')',
                                LOOP
                                        + "doInvokeOnMessage"
                                        + "(KafkaMessageListenerContainer.java:3118)"),
                        CONTAINER));
    }

    private static String threwException(String listener) {
        return "Listener method '" + listener + "' threw exception";
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static List<String> all(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
