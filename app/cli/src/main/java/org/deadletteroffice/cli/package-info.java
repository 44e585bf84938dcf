/// The command `dlo`: picocli in front of the engine. [org.deadletteroffice.cli.Main] is the entry;
/// the verbs stand in `command`.
@NullMarked
package org.deadletteroffice.cli;

import org.jspecify.annotations.NullMarked;
