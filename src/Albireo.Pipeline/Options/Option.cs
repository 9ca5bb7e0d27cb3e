using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace Albireo.Pipeline.Options;

/// <summary>
/// One option of a record of options, or a group of them. It is read from the property's field and written through its setter, which
/// says what is wrong with a value: getters called by reflection cost a run-time compilation each (decision 0010).
/// </summary>
internal sealed class Option
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private readonly PropertyInfo property;
    private readonly FieldInfo field;

    [SuppressMessage("Major Code Smell", "S3011", Justification = "The fields are the option records' own.")]
    public Option(PropertyInfo property)
    {
        this.property = property;
        field =
            property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Declared)
            ?? throw new InvalidOperationException(
                $"{property.DeclaringType}.{property.Name} keeps its value elsewhere; options keep their own."
            );
        Key = JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name);
        Type type = property.PropertyType;
        Item = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
        IsNullable = Nullable.GetUnderlyingType(type) is not null;
        Type = Nullable.GetUnderlyingType(type) ?? type;
        Group = Item is null && !type.IsValueType && type != typeof(string) ? OptionGroup.Of(type) : null;
    }

    /// <summary>The property's name, kebab-case.</summary>
    public string Key { get; }

    /// <summary>The type of a value, without the question mark.</summary>
    public Type Type { get; }

    /// <summary>The type of an item; null where the value is no list.</summary>
    public Type? Item { get; }

    /// <summary>Whether a number or a word may be left out.</summary>
    public bool IsNullable { get; }

    /// <summary>The options below it; null where it is a value itself.</summary>
    public OptionGroup? Group { get; }

    /// <summary>The words of an option that takes words, in the order of its enum.</summary>
    public static string[] Words(Type type) => Array.ConvertAll(Enum.GetNames(type), JsonNamingPolicy.KebabCaseLower.ConvertName);

    public object? Get(object options) => field.GetValue(options);

    /// <summary>Sets a value of a record that is not in use yet.</summary>
    /// <exception cref="ArgumentException">The property does not take the value.</exception>
    public void Set(object options, object? value) =>
        property.SetMethod!.Invoke(options, BindingFlags.DoNotWrapExceptions, null, [value], null);

    /// <summary>Sets a value that the property has taken before.</summary>
    public void Put(object options, object value) => field.SetValue(options, value);
}
