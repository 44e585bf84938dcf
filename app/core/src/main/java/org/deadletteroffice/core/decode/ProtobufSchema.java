package org.deadletteroffice.core.decode;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deadletteroffice.core.schema.SchemaText;
import org.jspecify.annotations.Nullable;

/// The messages that a Protobuf schema describes: a `.proto` file with what it imports, or a
/// descriptor set.
final class ProtobufSchema {
    private static final Map<String, FileDescriptor> WELL_KNOWN = wellKnown();

    private final List<FileDescriptor> files;

    private ProtobufSchema(List<FileDescriptor> files) {
        this.files = List.copyOf(files);
    }

    private static Map<String, FileDescriptor> wellKnown() {
        var files = new HashMap<String, FileDescriptor>();
        for (var file :
                List.of(
                        AnyProto.getDescriptor(),
                        ApiProto.getDescriptor(),
                        DescriptorProtos.getDescriptor(),
                        DurationProto.getDescriptor(),
                        EmptyProto.getDescriptor(),
                        FieldMaskProto.getDescriptor(),
                        StructProto.getDescriptor(),
                        TimestampProto.getDescriptor(),
                        TypeProto.getDescriptor(),
                        WrappersProto.getDescriptor())) {
            files.put(file.getName(), file);
        }
        return files;
    }

    static ProtobufSchema of(SchemaText schema) throws UnreadableException {
        try {
            var protos = new LinkedHashMap<String, FileDescriptorProto>();
            var main = new ArrayList<String>();
            var set = descriptorSet(schema.text());
            if (set == null) {
                for (var reference : schema.references().entrySet()) {
                    protos.put(
                            reference.getKey(),
                            ProtoParser.parse(reference.getKey(), reference.getValue()));
                }
                protos.put("message.proto", ProtoParser.parse("message.proto", schema.text()));
                main.add("message.proto");
            } else {
                for (var file : set.getFileList()) {
                    protos.put(file.getName(), file);
                }
                main.addAll(protos.keySet());
            }
            var linked = new HashMap<String, FileDescriptor>();
            var files = new ArrayList<FileDescriptor>();
            for (var name : main) {
                files.add(link(name, protos, linked, new HashSet<>()));
            }
            return new ProtobufSchema(files);
        } catch (SyntaxProblem notAProto) {
            throw new UnreadableException(
                    "its schema is no .proto file (%s%s)"
                            .formatted(
                                    notAProto.where().isEmpty() ? "" : notAProto.where() + ": ",
                                    notAProto.sentence()),
                    -1);
        } catch (DescriptorValidationException notLinked) {
            throw new UnreadableException(
                    "its schema is not complete (" + notLinked.getDescription() + ")", -1);
        }
    }

    /// In base64, as registries hand them out; null for anything else.
    private static @Nullable FileDescriptorSet descriptorSet(String text) {
        try {
            var bytes = Base64.getMimeDecoder().decode(text.strip());
            if (text.contains(";") || text.contains("{")) {
                return null;
            }
            var set = FileDescriptorSet.parseFrom(bytes);
            if (set.getFileCount() > 0 && !set.getFile(0).getName().isEmpty()) {
                return set;
            }
            var file = FileDescriptorProto.parseFrom(bytes);
            return FileDescriptorSet.newBuilder().addFile(file).build();
        } catch (IllegalArgumentException | InvalidProtocolBufferException notOne) {
            return null;
        }
    }

    private static FileDescriptor link(
            String name,
            Map<String, FileDescriptorProto> protos,
            Map<String, FileDescriptor> linked,
            Set<String> open)
            throws DescriptorValidationException, UnreadableException {
        var there = linked.get(name);
        if (there != null) {
            return there;
        }
        var proto = protos.get(name);
        if (proto == null) {
            var known = WELL_KNOWN.get(name);
            if (known == null) {
                throw new UnreadableException(
                        "its schema imports '" + name + "', which is not there", -1);
            }
            return known;
        }
        if (!open.add(name)) {
            throw new UnreadableException("its schema imports itself", -1);
        }
        var needed = new ArrayList<FileDescriptor>();
        for (var dependency : proto.getDependencyList()) {
            needed.add(link(dependency, protos, linked, open));
        }
        var file = FileDescriptor.buildFrom(proto, needed.toArray(FileDescriptor[]::new));
        linked.put(name, file);
        return file;
    }

    /// The message at a path of indexes: into the file's messages, then into those nested in it.
    Descriptor at(List<Integer> indexes) throws UnreadableException {
        Descriptor message = null;
        for (int index : indexes) {
            var among =
                    message == null ? files.getLast().getMessageTypes() : message.getNestedTypes();
            if (index < 0 || index >= among.size()) {
                throw new UnreadableException(
                        "the schema has no message %s".formatted(indexes), -1);
            }
            message = among.get(index);
        }
        if (message == null) {
            throw new UnreadableException("no message is named", -1);
        }
        return message;
    }

    /// By full or simple name.
    Optional<Descriptor> named(String name) {
        for (var file : files) {
            for (var message : file.getMessageTypes()) {
                if (message.getFullName().equals(name) || message.getName().equals(name)) {
                    return Optional.of(message);
                }
            }
        }
        return Optional.empty();
    }
}
