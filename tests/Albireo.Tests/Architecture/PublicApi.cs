using System.Globalization;
using System.Reflection;
using System.Text;

namespace Albireo.Tests.Architecture;

/// <summary>What a library offers, one line a type or member: nullability, defaults, in, ref and out included.</summary>
internal static class PublicApi
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Describe(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(member).Append('\n');
            }
        }
        return text.ToString();
    }

    private static string Describe(Type type)
    {
        string kind =
            type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        string bases = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum) ? " : " + Name(b) : "";
        return $"{kind} {type.Namespace}.{Name(type)}{bases}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags own =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
        {
            foreach (string name in Enum.GetNames(type))
            {
                yield return $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}";
            }
            yield break;
        }
        foreach (ConstructorInfo c in type.GetConstructors(own).Where(IsSeen))
        {
            yield return $"new({Parameters(c)})";
        }
        foreach (FieldInfo f in type.GetFields(own).Where(f => f.IsPublic || f.IsFamily))
        {
            string value = f.IsLiteral ? " = " + Literal(f.GetRawConstantValue()) : "";
            yield return $"{(f.IsLiteral ? "const " : f.IsStatic ? "static " : "")}{Name(f.FieldType, Nullability.Create(f))} {f.Name}{value}";
        }
        foreach (PropertyInfo p in type.GetProperties(own))
        {
            bool get = p.GetMethod is { } g && IsSeen(g);
            bool set = p.SetMethod is { } s && IsSeen(s);
            if (get || set)
            {
                bool init = set && p.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit");
                string index = p.GetIndexParameters().Length > 0 ? $"[{string.Join(", ", p.GetIndexParameters().Select(Parameter))}]" : "";
                string accessors =
                    (get ? "get; " : "")
                    + (
                        set
                            ? init
                                ? "init; "
                                : "set; "
                            : ""
                    );
                bool isStatic = (p.GetMethod ?? p.SetMethod)!.IsStatic;
                yield return $"{(isStatic ? "static " : "")}{Name(p.PropertyType, Nullability.Create(p))} {p.Name}{index} {{ {accessors}}}";
            }
        }
        foreach (EventInfo e in type.GetEvents(own))
        {
            yield return $"event {Name(e.EventHandlerType!)} {e.Name}";
        }
        foreach (MethodInfo m in type.GetMethods(own).Where(m => IsSeen(m) && !m.Name.Contains('<', StringComparison.Ordinal)))
        {
            bool isAccessor = m.IsSpecialName && !m.Name.StartsWith("op_", StringComparison.Ordinal);
            if (!isAccessor)
            {
                string generic = m.IsGenericMethod ? $"<{string.Join(", ", m.GetGenericArguments().Select(a => a.Name))}>" : "";
                string result = Name(m.ReturnType, Nullability.Create(m.ReturnParameter));
                yield return $"{(m.IsStatic ? "static " : "")}{result} {m.Name}{generic}({Parameters(m)})";
            }
        }
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string direction =
            parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef
                ? parameter.IsIn ? "in "
                    : "ref "
            : "";
        string value = parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue) : "";
        return $"{direction}{Name(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Literal(object? value) =>
        value switch
        {
            null => "default",
            string s => $"\"{s}\"",
            bool b => b ? "true" : "false",
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

    private static string Name(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!, nullability?.ElementType);
        }
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Name(inner) + "?";
        }
        string mark =
            nullability is { ReadState: NullabilityState.Nullable } && type is { IsValueType: false, IsGenericParameter: false } ? "?" : "";
        if (type.IsArray)
        {
            return Name(type.GetElementType()!, nullability?.ElementType) + "[" + new string(',', type.GetArrayRank() - 1) + "]" + mark;
        }
        if (Words.TryGetValue(type, out string? word))
        {
            return word + mark;
        }
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
        {
            return name + mark;
        }
        Type[] arguments = type.GetGenericArguments();
        NullabilityInfo[]? inside = nullability?.GenericTypeArguments.Length == arguments.Length ? nullability.GenericTypeArguments : null;
        return $"{name[..tick]}<{string.Join(", ", arguments.Select((a, i) => Name(a, inside?[i])))}>{mark}";
    }
}
