package org.deadletteroffice.rabbitmq;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a user of RabbitMQ must have for an act, and how its administrator gives it.
sealed interface Right {
    /// Within a sentence: `read on the queue orders.dlq`.
    String words();

    /// What to type. It replaces all that the user has, so that has to be said again.
    ///
    /// @param user as a word of the command
    String command(String user, String virtualHost);

    /// RabbitMQ's three permissions, in its order.
    enum Permission {
        CONFIGURE,
        WRITE,
        READ;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param kind `the queue` or `the exchange`
    record On(Permission permission, String kind, String name) implements Right {
        @Override
        public String words() {
            return permission.word() + " on " + kind + ' ' + name;
        }

        @Override
        public String command(String user, String virtualHost) {
            var command = new StringBuilder("rabbitmqctl set_permissions -p ");
            command.append(word(virtualHost)).append(' ').append(user);
            for (var each : Permission.values()) {
                command.append(' ').append(each == permission ? word(pattern(name)) : each.name());
            }
            return command.append(", with the user's present patterns for the capitals").toString();
        }
    }

    /// What RabbitMQ asks besides of those for whom somebody set a pattern of keys at a topic
    /// exchange.
    ///
    /// @param key null where it is not told whole
    record Topic(String exchange, @Nullable String key) implements Right {
        @Override
        public String words() {
            return "write on the "
                    + (key == null ? "key" : "topic '" + key + "'")
                    + " of the exchange "
                    + exchange;
        }

        @Override
        public String command(String user, String virtualHost) {
            return "rabbitmqctl set_topic_permissions -p "
                    + word(virtualHost)
                    + ' '
                    + user
                    + ' '
                    + word(exchange)
                    + ' '
                    + (key == null
                            ? "WRITE READ, with a pattern of the key and"
                            : word(pattern(key)) + " READ, with")
                    + " the user's present pattern for the capitals";
        }
    }

    record Tag(String name) implements Right {
        @Override
        public String words() {
            return "the user tag '" + name + "'";
        }

        @Override
        public String command(String user, String virtualHost) {
            return "rabbitmqctl set_user_tags "
                    + user
                    + " TAGS "
                    + name
                    + ", with the user's present tags for the capitals";
        }
    }

    /// To enter a virtual host, which any permission in it allows; this one allows nothing else.
    record Access() implements Right {
        @Override
        public String words() {
            return "access to the virtual host";
        }

        @Override
        public String command(String user, String virtualHost) {
            return "rabbitmqctl set_permissions -p " + word(virtualHost) + ' ' + user + " '' '' ''";
        }
    }

    /// Of this name and no other.
    static String pattern(String name) {
        return '^' + name.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0") + '$';
    }

    Pattern PLAIN = Pattern.compile("[\\w./-]+");

    /// As a shell takes it for one word.
    static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
