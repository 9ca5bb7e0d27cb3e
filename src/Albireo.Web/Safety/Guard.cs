using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Albireo.Web.Safety;

/// <summary>
/// Stands before every page: the Host must be this machine's own, the cookie ours, and what changes anything must come from our own
/// page with a header that no foreign page can add. Every answer carries the headers that keep a page from being framed, sniffed or
/// fed from elsewhere.
/// </summary>
public sealed class Guard(Session session)
{
    /// <summary>The header that our own client adds to every change.</summary>
    public const string ChangeHeader = "X-Albireo";

    private const string Policy =
        "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public async Task Pass(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        AddHeaders(context.Response.Headers);
        string port = context.Connection.LocalPort.ToString(CultureInfo.InvariantCulture);
        if (request.Host.Value != $"127.0.0.1:{port}" && request.Host.Value != $"localhost:{port}")
        {
            await Refuse(context, StatusCodes.Status421MisdirectedRequest, "This server answers to 127.0.0.1 and localhost only.");
            return;
        }
        string cookie = "albireo-" + port; // cookies do not tell ports apart
        bool isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isReading && request.Path == "/" && request.Query.TryGetValue("token", out StringValues token))
        {
            await Open(context, cookie, token.ToString());
        }
        else if (!session.Knows(request.Cookies[cookie]))
        {
            await Refuse(context, StatusCodes.Status401Unauthorized, "Open the link that albireo serve printed; it works once.");
        }
        else if (!isReading && !IsOurOwn(request))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "Changes are accepted from the workbench's own page only.");
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>The report brings its own styles and no script; it is shown in a sandbox of its own.</summary>
    public static void AllowReport(HttpResponse response) =>
        response.Headers.ContentSecurityPolicy =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private async Task Open(HttpContext context, string name, string token)
    {
        if (session.Open(token) is not { } secret)
        {
            await Refuse(
                context,
                StatusCodes.Status403Forbidden,
                "This link has been used or is not ours; albireo serve prints the next one."
            );
            return;
        }
        context.Response.Cookies.Append(
            name,
            secret,
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Path = "/",
                MaxAge = TimeSpan.FromDays(7),
            }
        );
        // A redirect would still count as coming from wherever the link was clicked, and a strict cookie would stay behind.
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=/\"><title>Albireo</title><p><a href=\"/\">Albireo</a></p></html>"
        );
    }

    private static bool IsOurOwn(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        return request.Headers.Origin == $"http://{request.Host.Value}"
            && request.Headers[ChangeHeader] == "1"
            && (site is null || site == "same-origin");
    }

    private static async Task Refuse(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync("albireo: " + sentence + "\n");
    }
}
