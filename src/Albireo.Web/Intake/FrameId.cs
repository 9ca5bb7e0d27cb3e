using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Albireo.Web.Intake;

/// <summary>What pages call a frame by: never a path, so that no request can lead to another file.</summary>
public static class FrameId
{
    public static string Of(string path) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 12));
}
