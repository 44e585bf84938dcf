/// A RabbitMQ node where one is installed: queues whose consumers reject what they cannot handle.
@NullMarked
package org.deadletteroffice.demo.rabbit;

import org.jspecify.annotations.NullMarked;
