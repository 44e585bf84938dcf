package org.deadletteroffice.demo.style;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/// A sink that reports what its index refuses, as search sinks do: documents without a `sku`, and
/// deletions without a key.
public final class SearchSink extends SinkConnector {
    @Override
    public void start(Map<String, String> settings) {}

    @Override
    public Class<? extends Task> taskClass() {
        return Writer.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(Map.of());
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public String version() {
        return "1";
    }

    public static final class Writer extends SinkTask {
        @Override
        public void start(Map<String, String> settings) {}

        @Override
        public void put(Collection<SinkRecord> records) {
            for (var record : records) {
                var refusal = refusal(record);
                if (refusal != null) {
                    context.errantRecordReporter().report(record, new DataException(refusal));
                }
            }
        }

        @Override
        public void stop() {}

        private static @Nullable String refusal(SinkRecord record) {
            if (record.value() == null) {
                return record.key() == null ? "a document without a key cannot be deleted" : null;
            }
            return record.value() instanceof Map<?, ?> document && document.containsKey("sku")
                    ? null
                    : "document '" + record.key() + "' has no field 'sku'";
        }

        @Override
        public String version() {
            return "1";
        }
    }
}
