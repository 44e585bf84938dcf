package org.deadletteroffice.contract;

/// The tests that every connector must pass, against a real broker. A connector's module extends
/// this class, gives its fixture in `start()`, and denies in `has(Behavior)` what its broker does
/// not do; a denial is tested like a claim. The tests are final: what a connector does otherwise
/// stands in tests of its own.
///
/// It is written in rooms, each a class that goes on where the one before ends: the connection,
/// browse, bytes, scan, transfer, proof, removal, failure.
public abstract class ConnectorContractTest extends FailureContract {}
