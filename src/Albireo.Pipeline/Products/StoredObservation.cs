using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Images;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Products;

/// <summary>An observation as its observation.fits tells it. The picture of the reference frame stays in the file until it is wanted.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Observation">What was observed; its lights know what the file keeps of their headers.</param>
/// <param name="Header">Header of the reference frame.</param>
/// <param name="Wcs">Of the reference frame, or null.</param>
/// <param name="ReferenceInfo">The reference frame.</param>
/// <param name="Fluxes">All measurements.</param>
public sealed record StoredObservation(
    string Path,
    Observation Observation,
    FitsHeader Header,
    Wcs? Wcs,
    FrameInfo ReferenceInfo,
    FluxTable Fluxes
)
{
    /// <summary>FWHM of the reference frame; NaN if it is not known.</summary>
    public double FwhmPixels => Fluxes.Frames.FirstOrDefault(f => f.Info == ReferenceInfo)?.Profile?.Fwhm ?? double.NaN;

    /// <summary>Rows of the reference picture.</summary>
    public int PictureHeight => (int)(Header.Integer("NAXIS2") ?? 0);

    public StarList Stars => new(Fluxes.Stars);

    /// <summary>Reads the calibrated picture of the reference frame.</summary>
    public Image ReadPicture() => ObservationFileReader.ReadPicture(Path);

    /// <summary>The reference frame with its picture, as the report wants it.</summary>
    public ReferenceFrame ReadReference() =>
        new(new Frame { Info = ReferenceInfo, Workspace = new Workspace() }, Header, ReadPicture(), Wcs);
}
