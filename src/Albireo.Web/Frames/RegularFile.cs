using Albireo.Pipeline;

namespace Albireo.Web.Frames;

/// <summary>What pages may be shown: regular files. A pipe, an empty file and a link out of OUT are refused before they are opened.</summary>
internal static class RegularFile
{
    /// <param name="path">Of the file.</param>
    /// <param name="mayBeLink">Raw frames are often linked together; products never are.</param>
    /// <exception cref="AlbireoException">It is gone, empty, a link where none is expected, or no file.</exception>
    public static FileInfo Require(string path, bool mayBeLink)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
        {
            if (!mayBeLink)
            {
                throw new AlbireoException(Failure.Input, $"{path} is a link; products are shown only as regular files.");
            }
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }
        return !file.Exists ? throw new AlbireoException(Failure.Input, $"{path} is not there any more.")
            : file.Length == 0 ? throw new AlbireoException(Failure.Input, $"{path} is empty, or no regular file.")
            : file;
    }
}
