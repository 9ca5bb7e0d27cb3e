using Albireo.Tests.Support;
using Microsoft.Playwright;

namespace Albireo.NightTests.Workbench;

/// <summary>One Chromium for all tests of the workbench; each test gets a page of its own with nothing remembered.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Program))
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu"] }
            );
        }
    }

    /// <summary>Opens a workbench through its link.</summary>
    /// <param name="link">One-time.</param>
    /// <param name="isDark">The reader's preference.</param>
    /// <param name="width">Of the window.</param>
    /// <param name="height">Of the window.</param>
    public async Task<WorkbenchPage> Open(string link, bool isDark = false, int width = 1280, int height = 800)
    {
        IBrowserContext context = await Context(width, height, isDark, isOffline: false);
        return await WorkbenchPage.Open(await context.NewPageAsync(), link);
    }

    /// <summary>A browser of its own, with nothing remembered; the test is skipped where there is none.</summary>
    public async Task<IBrowserContext> Context(int width, int height, bool isDark, bool isOffline)
    {
        Assert.SkipWhen(browser is null, $"needs {Program}, which is not on this machine (bash tests/run installs it where it may)");
        return await browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
                AcceptDownloads = true,
                Offline = isOffline,
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
        playwright?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
