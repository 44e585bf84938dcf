package org.deadletteroffice.sqs;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import org.deadletteroffice.contract.ConnectorArchitectureTest;

@AnalyzeClasses(packages = "org.deadletteroffice.sqs", importOptions = DoNotIncludeTests.class)
final class SqsArchitectureTest extends ConnectorArchitectureTest {}
