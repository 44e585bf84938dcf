/// The tests that every connector must pass, and the laws its classes keep. A connector's module
/// extends [org.deadletteroffice.contract.ConnectorContractTest] and
/// [org.deadletteroffice.contract.ConnectorArchitectureTest] in its own tests.
@NullMarked
package org.deadletteroffice.contract;

import org.jspecify.annotations.NullMarked;
