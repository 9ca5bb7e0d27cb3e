using System.Text;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline.Report;

/// <summary>A paper behind a method that was used.</summary>
/// <param name="Key">BibTeX key.</param>
/// <param name="Text">Authors, year, place and what it is for, as the report shows it.</param>
/// <param name="Author">BibTeX author.</param>
/// <param name="Title">BibTeX title.</param>
/// <param name="Year">BibTeX year.</param>
/// <param name="Journal">BibTeX journal.</param>
/// <param name="Volume">BibTeX volume.</param>
/// <param name="Pages">BibTeX pages.</param>
public sealed record Citation(string Key, string Text, string Author, string Title, int Year, string Journal, int Volume, string Pages)
{
    private static readonly Citation[] Measuring =
    [
        new(
            "bertin1996",
            "Bertin, E. & Arnouts, S. 1996, A&AS 117, 393 (SExtractor: background mesh, detection, windowed centroids)",
            "Bertin, E. and Arnouts, S.",
            "SExtractor: Software for source extraction",
            1996,
            "Astronomy and Astrophysics Supplement",
            117,
            "393"
        ),
        new(
            "merline1995",
            "Merline, W. J. & Howell, S. B. 1995, Exp. Astron. 6, 163 (CCD equation)",
            "Merline, W. J. and Howell, S. B.",
            "A realistic model for point-sources imaged on array detectors: The model and initial results",
            1995,
            "Experimental Astronomy",
            6,
            "163"
        ),
        new(
            "howell1989",
            "Howell, S. B. 1989, PASP 101, 616 (aperture photometry and its errors)",
            "Howell, S. B.",
            "Two-dimensional aperture photometry: signal-to-noise ratio of point-source observations and optimal data-extraction techniques",
            1989,
            "Publications of the Astronomical Society of the Pacific",
            101,
            "616"
        ),
    ];

    private static readonly Citation Barycentre = new(
        "eastman2010",
        "Eastman, J., Siverd, R. & Gaudi, B. S. 2010, PASP 122, 935 (BJD_TDB)",
        "Eastman, J. and Siverd, R. and Gaudi, B. S.",
        "Achieving Better Than 1 Minute Accuracy in the Heliocentric and Barycentric Julian Dates",
        2010,
        "Publications of the Astronomical Society of the Pacific",
        122,
        "935"
    );

    private static readonly Citation Broeg = new(
        "broeg2005",
        "Broeg, C., Fernández, M. & Neuhäuser, R. 2005, Astron. Nachr. 326, 134 (weights of the comparison stars)",
        "Broeg, C. and Fern{\\'a}ndez, M. and Neuh{\\\"a}user, R.",
        "A new algorithm for differential photometry: computing an optimum artificial comparison star",
        2005,
        "Astronomische Nachrichten",
        326,
        "134"
    );

    private static readonly Citation[] Fitting =
    [
        new(
            "mandel2002",
            "Mandel, K. & Agol, E. 2002, ApJ 580, L171 (transit of a limb-darkened star)",
            "Mandel, K. and Agol, E.",
            "Analytic Light Curves for Planetary Transit Searches",
            2002,
            "The Astrophysical Journal",
            580,
            "L171"
        ),
        new(
            "goodman2010",
            "Goodman, J. & Weare, J. 2010, Comm. App. Math. Comp. Sci. 5, 65 (ensemble sampler)",
            "Goodman, J. and Weare, J.",
            "Ensemble samplers with affine invariance",
            2010,
            "Communications in Applied Mathematics and Computational Science",
            5,
            "65"
        ),
        new(
            "winn2008",
            "Winn, J. N. et al. 2008, ApJ 683, 1076 (red noise by time averaging)",
            "Winn, J. N. and others",
            "The Transit Light Curve Project. IX. Evidence for a Smaller Radius of the Exoplanet XO-3b",
            2008,
            "The Astrophysical Journal",
            683,
            "1076"
        ),
    ];

    private static readonly Citation Sines = new(
        "zechmeister2009",
        "Zechmeister, M. & Kürster, M. 2009, A&A 496, 577 (periodogram)",
        "Zechmeister, M. and K{\\\"u}rster, M.",
        "The generalised Lomb-Scargle periodogram. A new formalism for the floating-mean and Keplerian periodograms",
        2009,
        "Astronomy and Astrophysics",
        496,
        "577"
    );

    private static readonly Citation Dips = new(
        "kovacs2002",
        "Kovács, G., Zucker, S. & Mazeh, T. 2002, A&A 391, 369 (box least squares)",
        "Kov{\\'a}cs, G. and Zucker, S. and Mazeh, T.",
        "A box-fitting algorithm in the search for periodic transits",
        2002,
        "Astronomy and Astrophysics",
        391,
        "369"
    );

    private static readonly Citation WhiteAndRed = new(
        "pont2006",
        "Pont, F., Zucker, S. & Queloz, D. 2006, MNRAS 373, 231 (white and red noise)",
        "Pont, F. and Zucker, S. and Queloz, D.",
        "The effect of red noise on planetary transit detection",
        2006,
        "Monthly Notices of the Royal Astronomical Society",
        373,
        "231"
    );

    private static readonly Citation Information = new(
        "schwarz1978",
        "Schwarz, G. 1978, Ann. Statist. 6, 461 (BIC, by which the trends were chosen)",
        "Schwarz, G.",
        "Estimating the Dimension of a Model",
        1978,
        "The Annals of Statistics",
        6,
        "461"
    );

    /// <summary>The papers behind a result.</summary>
    public static IReadOnlyList<Citation> Of(LightCurve? curve, FitFile? fit) =>
        [
            .. Measuring,
            Barycentre,
            .. curve is not null && curve.Weights.Any(w => w != 1) ? (Citation[])[Broeg] : [],
            .. curve is null ? [] : (Citation[])[WhiteAndRed],
            .. curve?.TrendFormula is null ? [] : (Citation[])[Information],
            .. curve?.Found?.Method switch
            {
                Options.PeriodSearch.LombScargle => [Sines],
                Options.PeriodSearch.Bls => [Dips],
                _ => (Citation[])[],
            },
            .. fit is null ? [] : Fitting,
        ];

    /// <summary>As a BibTeX file.</summary>
    public static string BibTeX(IEnumerable<Citation> citations)
    {
        var text = new StringBuilder();
        foreach (Citation c in citations)
        {
            text.Append($"@article{{{c.Key},\n  author = {{{c.Author}}},\n  title = {{{c.Title}}},\n  journal = {{{c.Journal}}},\n");
            text.Append($"  year = {{{c.Year}}},\n  volume = {{{c.Volume}}},\n  pages = {{{c.Pages}}}\n}}\n\n");
        }
        return text.ToString();
    }
}
