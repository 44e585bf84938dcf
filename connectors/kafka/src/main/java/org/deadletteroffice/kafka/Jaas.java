package org.deadletteroffice.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/// One entry of a JAAS configuration, as it stands in `sasl.jaas.config`.
///
/// A login module is a class that the client loads and runs, named by text that may come from a
/// colleague's file: only the modules known here are let through.
record Jaas(String module, Map<String, String> options) {
    static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    static final String OAUTH =
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
    static final String KERBEROS = "com.sun.security.auth.module.Krb5LoginModule";
    static final String AWS_IAM = "software.amazon.msk.auth.iam.IAMLoginModule";
    private static final Set<String> ALLOWED = Set.of(PLAIN, SCRAM, OAUTH, KERBEROS, AWS_IAM);

    static Jaas of(String module, String... namesAndValues) {
        var options = new LinkedHashMap<String, String>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                options.put(namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return new Jaas(module, options);
    }

    /// Reads `sasl.jaas.config`.
    ///
    /// @throws IllegalArgumentException when it is malformed, or names a module that is not
    ///     allowed; the sentence holds none of the text's options
    static Jaas parse(String text) {
        JaasContext context;
        try {
            context =
                    JaasContext.loadClientContext(
                            Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(text)));
        } catch (IllegalArgumentException malformed) {
            // The client's message quotes the text, and the text holds a password.
            throw new IllegalArgumentException("sasl.jaas.config is not a JAAS entry.");
        }
        var entry = context.configurationEntries().getFirst();
        if (!ALLOWED.contains(entry.getLoginModuleName())) {
            throw new IllegalArgumentException(
                    "sasl.jaas.config names the login module "
                            + entry.getLoginModuleName()
                            + ", which is none of those that Dead Letter Office loads.");
        }
        var options = new LinkedHashMap<String, String>();
        entry.getOptions().forEach((name, value) -> options.put(name, String.valueOf(value)));
        return new Jaas(entry.getLoginModuleName(), options);
    }

    String option(String name) {
        return options.getOrDefault(name, "");
    }

    /// The text for the client; holds secrets.
    String text() {
        var text = new StringBuilder(module).append(" required");
        options.forEach(
                (name, value) ->
                        text.append(' ')
                                .append(name)
                                .append("=\"")
                                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                                .append('"'));
        return text.append(';').toString();
    }

    /// Without the options, which may be secret.
    @Override
    public String toString() {
        return module;
    }
}
