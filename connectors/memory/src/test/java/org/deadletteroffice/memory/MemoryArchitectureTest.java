package org.deadletteroffice.memory;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import org.deadletteroffice.contract.ConnectorArchitectureTest;

@AnalyzeClasses(packages = "org.deadletteroffice.memory", importOptions = DoNotIncludeTests.class)
final class MemoryArchitectureTest extends ConnectorArchitectureTest {}
