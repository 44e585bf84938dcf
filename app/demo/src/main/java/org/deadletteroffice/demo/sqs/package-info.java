/// ElasticMQ: queues whose messages die by their redrive policy, and what AWS's own services put
/// into a dead-letter queue.
@NullMarked
package org.deadletteroffice.demo.sqs;

import org.jspecify.annotations.NullMarked;
