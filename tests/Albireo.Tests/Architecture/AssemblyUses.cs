using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Albireo.Tests.Architecture;

/// <summary>Which types of one compiled assembly use which others, read from signatures, base types and method bodies.</summary>
internal sealed class AssemblyUses
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes)
        .GetFields()
        .Where(f => f.FieldType == typeof(OpCode))
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => (int)(ushort)o.Value, o => o.OperandType);

    private readonly MetadataReader metadata;
    private readonly PEReader file;
    private readonly HashSet<(string From, string To)> uses = [];

    private AssemblyUses(PEReader file)
    {
        this.file = file;
        metadata = file.GetMetadataReader();
    }

    /// <summary>Pairs of full namespaces: a type in the first uses a type in the second.</summary>
    public static IReadOnlySet<(string From, string To)> OfNamespaces(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        var reader = new AssemblyUses(file);
        foreach (TypeDefinitionHandle type in reader.metadata.TypeDefinitions)
        {
            reader.Visit(type);
        }
        return reader.uses;
    }

    /// <summary>Names of the assemblies that are referred to.</summary>
    public static IReadOnlyList<string> References(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }

    private void Visit(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        string from = NamespaceOf(handle);
        var found = new List<string>();
        Collect(type.BaseType, found);
        foreach (InterfaceImplementationHandle i in type.GetInterfaceImplementations())
        {
            Collect(metadata.GetInterfaceImplementation(i).Interface, found);
        }
        var names = new NamespaceProvider(this);
        foreach (FieldDefinitionHandle f in type.GetFields())
        {
            found.AddRange(metadata.GetFieldDefinition(f).DecodeSignature(names, null));
        }
        foreach (MethodDefinitionHandle m in type.GetMethods())
        {
            MethodDefinition method = metadata.GetMethodDefinition(m);
            found.AddRange(Flatten(method.DecodeSignature(names, null)));
            if (method.RelativeVirtualAddress != 0)
            {
                MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
                if (!body.LocalSignature.IsNil)
                {
                    found.AddRange(
                        metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null).SelectMany(n => n)
                    );
                }
                Scan(body.GetILReader(), found);
            }
        }
        foreach (string to in found)
        {
            uses.Add((from, to));
        }
    }

    private void Scan(BlobReader il, List<string> found)
    {
        while (il.RemainingBytes > 0)
        {
            int code = il.ReadByte();
            if (code == 0xFE)
            {
                code = 0xFE00 | il.ReadByte();
            }
            switch (Operands[code])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    Collect(MetadataTokens.EntityHandle(il.ReadInt32()), found);
                    break;
                case OperandType.InlineSwitch:
                    int targets = il.ReadInt32();
                    il.Offset += 4 * targets;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    il.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.Offset += 8;
                    break;
                default:
                    il.Offset += 4;
                    break;
            }
        }
    }

    private void Collect(EntityHandle handle, List<string> found)
    {
        if (handle.IsNil)
        {
            return;
        }
        var names = new NamespaceProvider(this);
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference:
                found.Add(NamespaceOf(handle));
                break;
            case HandleKind.TypeSpecification:
                found.AddRange(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(names, null));
                break;
            case HandleKind.MethodDefinition:
                found.Add(NamespaceOf(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()));
                break;
            case HandleKind.FieldDefinition:
                found.Add(NamespaceOf(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()));
                break;
            case HandleKind.MemberReference:
                Collect(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent, found);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Collect(method.Method, found);
                found.AddRange(method.DecodeSignature(names, null).SelectMany(n => n));
                break;
        }
    }

    private string NamespaceOf(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeDefinition)
        {
            TypeDefinition type = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
            return type.IsNested ? NamespaceOf(type.GetDeclaringType()) : metadata.GetString(type.Namespace);
        }
        TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
        return reference.ResolutionScope.Kind == HandleKind.TypeReference
            ? NamespaceOf(reference.ResolutionScope)
            : metadata.GetString(reference.Namespace);
    }

    private static IEnumerable<string> Flatten(MethodSignature<ImmutableArray<string>> signature) =>
        signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(p => p));

    /// <summary>Decodes a signature into the namespaces of all types in it.</summary>
    private sealed class NamespaceProvider(AssemblyUses owner) : ISignatureTypeProvider<ImmutableArray<string>, object?>
    {
        public ImmutableArray<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            [owner.NamespaceOf(handle)];

        public ImmutableArray<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            [owner.NamespaceOf(handle)];

        public ImmutableArray<string> GetTypeFromSpecification(
            MetadataReader reader,
            object? genericContext,
            TypeSpecificationHandle handle,
            byte rawTypeKind
        ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public ImmutableArray<string> GetGenericInstantiation(
            ImmutableArray<string> genericType,
            ImmutableArray<ImmutableArray<string>> typeArguments
        ) => [.. genericType, .. typeArguments.SelectMany(a => a)];

        public ImmutableArray<string> GetFunctionPointerType(MethodSignature<ImmutableArray<string>> signature) => [.. Flatten(signature)];

        public ImmutableArray<string> GetModifiedType(
            ImmutableArray<string> modifier,
            ImmutableArray<string> unmodifiedType,
            bool isRequired
        ) => [.. modifier, .. unmodifiedType];

        public ImmutableArray<string> GetArrayType(ImmutableArray<string> elementType, ArrayShape shape) => elementType;

        public ImmutableArray<string> GetByReferenceType(ImmutableArray<string> elementType) => elementType;

        public ImmutableArray<string> GetPinnedType(ImmutableArray<string> elementType) => elementType;

        public ImmutableArray<string> GetPointerType(ImmutableArray<string> elementType) => elementType;

        public ImmutableArray<string> GetSZArrayType(ImmutableArray<string> elementType) => elementType;

        public ImmutableArray<string> GetGenericMethodParameter(object? genericContext, int index) => [];

        public ImmutableArray<string> GetGenericTypeParameter(object? genericContext, int index) => [];

        public ImmutableArray<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];
    }
}
