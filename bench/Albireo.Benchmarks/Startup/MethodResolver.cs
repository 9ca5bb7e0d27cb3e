using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Albireo.Benchmarks.Startup;

/// <summary>Finds methods by their printed names in the assemblies of a folder and adds them to a profile.</summary>
/// <param name="arguments">Type arguments of generic methods (<see cref="CompiledMethod.ReadArguments"/>).</param>
internal sealed class MethodResolver(AssemblyFolder folder, ILookup<string, TypeName[]> arguments, ProfileWriter profile)
{
    /// <summary>Types that signatures hold by a code: names after <c>System.</c>, and in the compiler's list.</summary>
    private static readonly (SignatureTypeCode Code, string Name, string ListName)[] Primitives =
    [
        (SignatureTypeCode.Boolean, nameof(Boolean), "bool"),
        (SignatureTypeCode.Char, nameof(Char), "char"),
        (SignatureTypeCode.SByte, nameof(SByte), "sbyte"),
        (SignatureTypeCode.Byte, nameof(Byte), "byte"),
        (SignatureTypeCode.Int16, nameof(Int16), "short"),
        (SignatureTypeCode.UInt16, nameof(UInt16), "ushort"),
        (SignatureTypeCode.Int32, nameof(Int32), "int"),
        (SignatureTypeCode.UInt32, nameof(UInt32), "uint"),
        (SignatureTypeCode.Int64, nameof(Int64), "long"),
        (SignatureTypeCode.UInt64, nameof(UInt64), "ulong"),
        (SignatureTypeCode.Single, nameof(Single), "float"),
        (SignatureTypeCode.Double, nameof(Double), "double"),
        (SignatureTypeCode.IntPtr, nameof(IntPtr), "nint"),
        (SignatureTypeCode.UIntPtr, nameof(UIntPtr), "nuint"),
    ];

    /// <summary>Adds a method, with all overloads of as many parameters, or says why that cannot be done.</summary>
    public string? Add(CompiledMethod method)
    {
        if (folder.Find(method.Owner.Name, method.Assembly) is not { } type)
        {
            return "its type is not found";
        }
        MethodDefinition[] fitting =
        [
            .. type
                .Definition.GetMethods()
                .Select(type.Reader.GetMethodDefinition)
                .Where(d => type.Reader.GetString(d.Name) == method.Name && Parameters(type.Reader, d) == method.Parameters),
        ];
        try
        {
            string listed = $"{ListName(method.Owner, method.Assembly)}:{method.Name}";
            (MethodDefinition, TypeName[])[] instances = [.. fitting.SelectMany(d => Instances(d, listed))];
            foreach ((MethodDefinition definition, TypeName[] typeArguments) in instances)
            {
                Add(method, type, definition, typeArguments);
            }
            return fitting.Length == 0 ? "its type has no such method"
                : instances.Length == 0 ? "its type arguments are not listed"
                : null;
        }
        catch (NotSupportedException unknown)
        {
            return unknown.Message;
        }
    }

    private IEnumerable<(MethodDefinition, TypeName[])> Instances(MethodDefinition definition, string listed) =>
        definition.GetGenericParameters().Count is var generic and > 0
            ? arguments[listed].Where(a => a.Length == generic).Select(a => (definition, a))
            : [(definition, [])];

    private void Add(CompiledMethod method, DefinedType type, MethodDefinition definition, TypeName[] typeArguments)
    {
        var assemblies = new SortedSet<string>(StringComparer.Ordinal);
        var owner = new BlobBuilder();
        Write(owner, method.Owner, method.Assembly, assemblies);
        var signature = new BlobBuilder();
        CopySignature(type.Reader, definition, signature);
        var instance = new BlobBuilder();
        instance.WriteByte((byte)SignatureKind.MethodSpecification);
        instance.WriteCompressedInteger(typeArguments.Length);
        foreach (TypeName argument in typeArguments)
        {
            Write(instance, argument, method.Assembly, assemblies);
        }
        assemblies.Remove(type.Assembly);
        profile.Add(owner, method.Name, signature, typeArguments.Length == 0 ? null : instance, [type.Assembly, .. assemblies]);
    }

    /// <summary>Writes a type and notes the assemblies that it needs.</summary>
    private void Write(BlobBuilder blob, TypeName name, string assembly, SortedSet<string> assemblies)
    {
        if (Primitives.FirstOrDefault(p => name.Name == p.ListName || name.Name == "System." + p.Name) is { Name: not null } primitive)
        {
            blob.WriteByte((byte)primitive.Code);
            return;
        }
        if (name.Name == "System.__Canon") // any class, in code that classes share
        {
            WriteNamed(blob, SignatureTypeKind.Class, profile.AnyClass());
            return;
        }
        DefinedType type = folder.Find(name.Name, assembly) ?? throw new NotSupportedException($"the type {name.Name} is not found");
        assemblies.Add(type.Assembly);
        if (name.Arguments.Length > 0)
        {
            blob.WriteByte((byte)SignatureTypeCode.GenericTypeInstance);
        }
        WriteNamed(
            blob,
            type.IsValueType ? SignatureTypeKind.ValueType : SignatureTypeKind.Class,
            profile.Reference(type.Reader, type.Handle)
        );
        if (name.Arguments.Length > 0)
        {
            blob.WriteCompressedInteger(name.Arguments.Length);
            Array.ForEach(name.Arguments, a => Write(blob, a, assembly, assemblies));
        }
    }

    private static void WriteNamed(BlobBuilder blob, SignatureTypeKind kind, EntityHandle type)
    {
        blob.WriteByte((byte)kind);
        blob.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(type));
    }

    private static int Parameters(MetadataReader reader, MethodDefinition definition)
    {
        BlobReader blob = reader.GetBlobReader(definition.Signature);
        if (blob.ReadSignatureHeader().IsGeneric)
        {
            blob.ReadCompressedInteger();
        }
        return blob.ReadCompressedInteger();
    }

    /// <summary>A definition's signature (ECMA-335, II.23.2.1) with the types that it names referred to from the profile.</summary>
    private void CopySignature(MetadataReader reader, MethodDefinition definition, BlobBuilder copy)
    {
        BlobReader blob = reader.GetBlobReader(definition.Signature);
        SignatureHeader header = blob.ReadSignatureHeader();
        copy.WriteByte(header.RawValue);
        if (header.IsGeneric)
        {
            copy.WriteCompressedInteger(blob.ReadCompressedInteger());
        }
        int parameters = blob.ReadCompressedInteger();
        copy.WriteCompressedInteger(parameters);
        for (int i = 0; i <= parameters; i++) // the result is the first
        {
            CopyType(reader, ref blob, copy);
        }
    }

    private void CopyType(MetadataReader reader, ref BlobReader blob, BlobBuilder copy)
    {
        byte code = blob.ReadByte();
        copy.WriteByte(code);
        switch ((SignatureTypeCode)code)
        {
            case (SignatureTypeCode)SignatureTypeKind.Class or (SignatureTypeCode)SignatureTypeKind.ValueType:
                CopyHandle(ref blob);
                break;
            case SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier:
                CopyHandle(ref blob);
                CopyType(reader, ref blob, copy);
                break;
            case SignatureTypeCode.SZArray or SignatureTypeCode.ByReference or SignatureTypeCode.Pointer:
                CopyType(reader, ref blob, copy);
                break;
            case SignatureTypeCode.GenericTypeParameter or SignatureTypeCode.GenericMethodParameter:
                copy.WriteCompressedInteger(blob.ReadCompressedInteger());
                break;
            case SignatureTypeCode.GenericTypeInstance:
                CopyType(reader, ref blob, copy);
                int count = blob.ReadCompressedInteger();
                copy.WriteCompressedInteger(count);
                for (int i = 0; i < count; i++)
                {
                    CopyType(reader, ref blob, copy);
                }
                break;
            case SignatureTypeCode.FunctionPointer or SignatureTypeCode.Array or SignatureTypeCode.Pinned or SignatureTypeCode.Sentinel:
                throw new NotSupportedException($"its signature has a {(SignatureTypeCode)code}");
        }

        void CopyHandle(ref BlobReader from)
        {
            copy.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(profile.Reference(reader, from.ReadTypeHandle())));
        }
    }

    /// <summary>A type as the compiler's list prints it: numbers by their short names, enums as the integers below them.</summary>
    private string ListName(TypeName name, string assembly)
    {
        if (Primitives.FirstOrDefault(p => name.Name == "System." + p.Name) is { Name: not null } primitive)
        {
            return primitive.ListName;
        }
        if (folder.Find(name.Name, assembly) is { IsEnum: true } type)
        {
            BlobReader field = type.Reader.GetBlobReader(type.Reader.GetFieldDefinition(type.Definition.GetFields().First()).Signature);
            field.ReadSignatureHeader();
            SignatureTypeCode integer = field.ReadSignatureTypeCode();
            return Primitives.Single(p => p.Code == integer).ListName;
        }
        return name.Arguments.Length == 0
            ? name.Name
            : $"{name.Name}[{string.Join(',', name.Arguments.Select(a => ListName(a, assembly)))}]";
    }
}
