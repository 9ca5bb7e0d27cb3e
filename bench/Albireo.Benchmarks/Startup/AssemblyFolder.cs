using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Albireo.Benchmarks.Startup;

/// <summary>A type's definition in a file of a folder.</summary>
internal sealed record DefinedType(string Assembly, MetadataReader Reader, TypeDefinitionHandle Handle)
{
    public TypeDefinition Definition => Reader.GetTypeDefinition(Handle);

    public bool IsEnum => BaseName == nameof(Enum);

    public bool IsValueType => IsEnum || BaseName == nameof(ValueType);

    private string BaseName =>
        Definition.BaseType switch
        {
            { IsNil: false, Kind: HandleKind.TypeReference } h => Reader.GetString(Reader.GetTypeReference((TypeReferenceHandle)h).Name),
            { IsNil: false, Kind: HandleKind.TypeDefinition } h => Reader.GetString(Reader.GetTypeDefinition((TypeDefinitionHandle)h).Name),
            _ => "",
        };
}

/// <summary>The types of all assemblies of a folder, by full name.</summary>
internal sealed class AssemblyFolder : IDisposable
{
    private readonly List<PEReader> _files = [];
    private readonly ILookup<string, DefinedType> _types;

    public AssemblyFolder(string folder)
    {
        _files.AddRange(Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(f => new PEReader(File.OpenRead(f))));
        _types = (
            from file in _files
            where file.HasMetadata
            let reader = file.GetMetadataReader()
            where reader.IsAssembly
            let assembly = reader.GetString(reader.GetAssemblyDefinition().Name)
            from type in reader.TypeDefinitions
            select new DefinedType(assembly, reader, type)
        ).ToLookup(t => FullName(t.Reader, t.Handle));
    }

    /// <summary>The type of that name in that assembly, else the only one of that name; null if there is none or there are several.</summary>
    public DefinedType? Find(string name, string assembly) =>
        _types[name].FirstOrDefault(t => t.Assembly == assembly) ?? (_types[name].Count() == 1 ? _types[name].Single() : null);

    private static string FullName(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name);
        return !type.GetDeclaringType().IsNil ? $"{FullName(reader, type.GetDeclaringType())}+{name}"
            : type.Namespace.IsNil ? name
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    public void Dispose() => _files.ForEach(f => f.Dispose());
}
