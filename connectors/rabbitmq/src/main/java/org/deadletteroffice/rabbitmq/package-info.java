/// RabbitMQ over AMQP 0-9-1, with the management HTTP API where it answers.
///
/// A queue of RabbitMQ has no place one could read from, only a head one takes from: looking means
/// to take messages without acknowledging them and to give them back. [Hold] does that for a whole
/// connection, so that a scan, a page and a removal on the same queue share one look.
@NullMarked
package org.deadletteroffice.rabbitmq;

import org.jspecify.annotations.NullMarked;
