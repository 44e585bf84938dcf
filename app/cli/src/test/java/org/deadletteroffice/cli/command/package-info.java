@NullMarked
package org.deadletteroffice.cli.command;

import org.jspecify.annotations.NullMarked;
