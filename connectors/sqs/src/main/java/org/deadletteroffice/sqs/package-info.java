/// Amazon SQS, and the SNS topics and subscriptions whose dead letters lie in it.
@NullMarked
package org.deadletteroffice.sqs;

import org.jspecify.annotations.NullMarked;
