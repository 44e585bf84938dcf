package org.deadletteroffice.demo.style;

import java.util.List;
import java.util.stream.Stream;

/// The stages of a Kafka Connect sink in which a record can die.
public enum ConnectStage {
    VALUE_CONVERTER,
    TRANSFORMATION,
    TASK_PUT;

    private static final String RUNTIME = "org.apache.kafka.connect.runtime.";
    private static final String TASK = RUNTIME + "WorkerSinkTask.";

    /// The frames that a trace of Kafka 4.3.1 shows below those of a plug-in.
    List<String> callers() {
        return switch (this) {
            case VALUE_CONVERTER ->
                    all(
                            List.of(
                                    "org.apache.kafka.connect.storage.Converter.toConnectData"
                                            + "(Converter.java:98)",
                                    TASK
                                            + "lambda$convertAndTransformRecord$1"
                                            + "(WorkerSinkTask.java:560)"),
                            tolerance(),
                            List.of(TASK + "convertAndTransformRecord(WorkerSinkTask.java:558)"),
                            converted(),
                            worker());
            case TRANSFORMATION ->
                    all(
                            List.of(
                                    RUNTIME
                                            + "TransformationStage.apply"
                                            + "(TransformationStage.java:95)",
                                    RUNTIME
                                            + "TransformationChain.lambda$apply$0"
                                            + "(TransformationChain.java:58)"),
                            tolerance(),
                            List.of(
                                    RUNTIME
                                            + "TransformationChain.apply"
                                            + "(TransformationChain.java:58)",
                                    TASK + "convertAndTransformRecord(WorkerSinkTask.java:585)"),
                            converted(),
                            worker());
            case TASK_PUT ->
                    all(
                            List.of(
                                    TASK + "deliverMessages(WorkerSinkTask.java:628)",
                                    TASK + "poll(WorkerSinkTask.java:359)"),
                            worker());
        };
    }

    private static List<String> tolerance() {
        var operator = RUNTIME + "errors.RetryWithToleranceOperator.";
        var file = "(RetryWithToleranceOperator.java:";
        return List.of(
                operator + "execAndRetry" + file + "207)",
                operator + "execAndHandleError" + file + "243)",
                operator + "execute" + file + "179)");
    }

    private static List<String> converted() {
        return List.of(
                TASK + "convertMessages(WorkerSinkTask.java:532)",
                TASK + "poll(WorkerSinkTask.java:358)");
    }

    private static List<String> worker() {
        return List.of(
                TASK + "iteration(WorkerSinkTask.java:261)",
                TASK + "execute(WorkerSinkTask.java:225)",
                RUNTIME + "WorkerTask.doRun(WorkerTask.java:243)",
                RUNTIME + "WorkerTask.run(WorkerTask.java:298)",
                RUNTIME + "isolation.Plugins.lambda$withClassLoader$0(Plugins.java:252)",
                "java.base/java.util.concurrent.Executors$RunnableAdapter.call(Executors.java:545)",
                "java.base/java.util.concurrent.FutureTask.run(FutureTask.java:328)",
                "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker"
                        + "(ThreadPoolExecutor.java:1090)",
                "java.base/java.util.concurrent.ThreadPoolExecutor$Worker.run"
                        + "(ThreadPoolExecutor.java:614)",
                "java.base/java.lang.Thread.run(Thread.java:1474)");
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static List<String> all(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
