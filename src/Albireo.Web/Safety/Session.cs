namespace Albireo.Web.Safety;

/// <summary>
/// Who may come in: a one-time link becomes a cookie. When a link is used up the next one is announced, so that a second browser (or
/// the first one without its cookies) can be let in from the terminal alone.
/// </summary>
/// <param name="announce">Is given each new link's secret; may be null.</param>
public sealed class Session(Action<string>? announce = null)
{
    private readonly Lock gate = new();
    private readonly Secret cookie = new();
    private Secret link = new();

    /// <summary>The secret of the link that has not been used yet.</summary>
    public string Link
    {
        get
        {
            lock (gate)
            {
                return link.Text;
            }
        }
    }

    /// <summary>The cookie for a link's secret, once; null for any other text.</summary>
    public string? Open(string? text)
    {
        lock (gate)
        {
            if (!link.Is(text))
            {
                return null;
            }
            link = new Secret();
        }
        announce?.Invoke(Link);
        return cookie.Text;
    }

    public bool Knows(string? cookieText) => cookie.Is(cookieText);
}
