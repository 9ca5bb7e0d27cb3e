using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Albireo.Web.Safety;

/// <summary>32 random bytes as text that fits into a URL, compared in constant time.</summary>
public sealed class Secret
{
    private readonly byte[] bytes;

    public Secret()
    {
        Text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        bytes = Encoding.ASCII.GetBytes(Text);
    }

    public string Text { get; }

    public bool Is(string? text) => text is not null && CryptographicOperations.FixedTimeEquals(bytes, Encoding.UTF8.GetBytes(text));
}
