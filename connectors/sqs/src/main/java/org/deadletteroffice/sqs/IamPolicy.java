package org.deadletteroffice.sqs;

import java.util.List;
import java.util.stream.Collectors;

/// A policy to paste into IAM.
final class IamPolicy {
    private IamPolicy() {}

    /// One statement, on one line.
    ///
    /// @param resource an ARN or `*`
    static String allowing(List<String> actions, String resource) {
        var quoted =
                actions.stream().map(action -> '"' + action + '"').collect(Collectors.joining(","));
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":["
                + quoted
                + "],\"Resource\":\""
                + resource
                + "\"}]}";
    }
}
