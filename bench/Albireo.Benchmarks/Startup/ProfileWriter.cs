using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Albireo.Benchmarks.Startup;

/// <summary>
/// Writes methods into a profile that crossgen2 takes (<c>--mibc</c>): an assembly whose global method <c>AssemblyDictionary</c> names groups,
/// each after the assemblies that its methods need (<c>ldstr names; ldtoken group; pop</c>); a group is a method with <c>ldtoken method; pop</c>
/// for each of its own. Types and methods are held by name, so that what a later version lacks is passed over.
/// </summary>
internal sealed class ProfileWriter
{
    private readonly MetadataBuilder _metadata = new();
    private readonly SortedDictionary<string, InstructionEncoder> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = [];
    private readonly Dictionary<(EntityHandle Scope, string Space, string Name), TypeReferenceHandle> _types = [];
    private readonly HashSet<(BlobHandle Owner, string Name, BlobHandle Signature, BlobHandle Arguments)> _methods = [];

    /// <summary>Methods in the profile.</summary>
    public int Count => _methods.Count;

    /// <summary>Adds a method, once; all but its name are signatures.</summary>
    /// <param name="arguments">Of a generic method.</param>
    /// <param name="assemblies">All that are named, the owner's first.</param>
    public void Add(BlobBuilder owner, string name, BlobBuilder signature, BlobBuilder? arguments, IEnumerable<string> assemblies)
    {
        BlobHandle type = _metadata.GetOrAddBlob(owner);
        BlobHandle definition = _metadata.GetOrAddBlob(signature);
        BlobHandle instance = arguments is null ? default : _metadata.GetOrAddBlob(arguments);
        if (!_methods.Add((type, name, definition, instance)))
        {
            return;
        }
        EntityHandle method = _metadata.AddMemberReference(
            _metadata.AddTypeSpecification(type),
            _metadata.GetOrAddString(name),
            definition
        );
        string group = string.Concat(assemblies.Select(a => a + ";"));
        if (!_groups.TryGetValue(group, out InstructionEncoder code))
        {
            _groups.Add(group, code = new InstructionEncoder(new BlobBuilder()));
        }
        code.OpCode(ILOpCode.Ldtoken);
        code.Token(arguments is null ? method : _metadata.AddMethodSpecification(method, instance));
        code.OpCode(ILOpCode.Pop);
    }

    /// <summary>What stands for any class in code that classes share.</summary>
    public EntityHandle AnyClass() => Reference(Assembly("System.Private.Canon"), "System", "__Canon");

    /// <summary>A reference to a type that an assembly defines or to which it refers.</summary>
    public EntityHandle Reference(MetadataReader reader, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeDefinition)
        {
            TypeDefinition type = reader.GetTypeDefinition((TypeDefinitionHandle)handle);
            EntityHandle outer = type.GetDeclaringType();
            EntityHandle scope = outer.IsNil ? Assembly(reader.GetString(reader.GetAssemblyDefinition().Name)) : Reference(reader, outer);
            return Reference(scope, reader.GetString(type.Namespace), reader.GetString(type.Name));
        }
        TypeReference named = reader.GetTypeReference((TypeReferenceHandle)handle);
        return Reference(
            named.ResolutionScope.Kind == HandleKind.AssemblyReference
                ? Assembly(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)named.ResolutionScope).Name))
                : Reference(reader, named.ResolutionScope),
            reader.GetString(named.Namespace),
            reader.GetString(named.Name)
        );
    }

    /// <summary>Writes the profile; the same methods give the same bytes.</summary>
    public void Save(string file)
    {
        StringHandle name = _metadata.GetOrAddString(Path.GetFileNameWithoutExtension(file));
        _metadata.AddModule(0, name, _metadata.GetOrAddGuid(Guid.Empty), default, default);
        _metadata.AddAssembly(name, new Version(0, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        _metadata.AddTypeDefinition(
            default,
            default,
            _metadata.GetOrAddString("<Module>"),
            default,
            MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1)
        );
        var bodies = new MethodBodyStreamEncoder(new BlobBuilder());
        var dictionary = new InstructionEncoder(new BlobBuilder());
        foreach ((string group, InstructionEncoder methods) in _groups)
        {
            dictionary.LoadString(_metadata.GetOrAddUserString(group));
            dictionary.OpCode(ILOpCode.Ldtoken);
            dictionary.Token(AddMethod(bodies, group, methods));
            dictionary.OpCode(ILOpCode.Pop);
        }
        AddMethod(bodies, "AssemblyDictionary", dictionary);

        var image = new BlobBuilder();
        new ManagedPEBuilder(
            PEHeaderBuilder.CreateLibraryHeader(),
            new MetadataRootBuilder(_metadata),
            bodies.Builder,
            deterministicIdProvider: blobs => BlobContentId.FromHash(SHA256.HashData([.. blobs.SelectMany(b => b.GetBytes())]))
        ).Serialize(image);
        using FileStream stream = File.Create(file);
        image.WriteContentTo(stream);
    }

    private MethodDefinitionHandle AddMethod(MethodBodyStreamEncoder bodies, string name, InstructionEncoder code)
    {
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, r => r.Void(), _ => { });
        return _metadata.AddMethodDefinition(
            MethodAttributes.Public | MethodAttributes.Static,
            MethodImplAttributes.IL,
            _metadata.GetOrAddString(name),
            _metadata.GetOrAddBlob(signature),
            bodies.AddMethodBody(code),
            default
        );
    }

    private EntityHandle Assembly(string name)
    {
        if (!_assemblies.TryGetValue(name, out AssemblyReferenceHandle handle))
        {
            StringHandle stored = _metadata.GetOrAddString(name);
            _assemblies[name] = handle = _metadata.AddAssemblyReference(
                stored,
                new Version(0, 0, 0, 0),
                default,
                default,
                default,
                default
            );
        }
        return handle;
    }

    private EntityHandle Reference(EntityHandle scope, string space, string name)
    {
        if (!_types.TryGetValue((scope, space, name), out TypeReferenceHandle handle))
        {
            handle = _metadata.AddTypeReference(scope, _metadata.GetOrAddString(space), _metadata.GetOrAddString(name));
            _types.Add((scope, space, name), handle);
        }
        return handle;
    }
}
