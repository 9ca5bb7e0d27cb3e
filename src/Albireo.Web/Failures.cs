using System.Text.Json;
using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Products;
using Microsoft.AspNetCore.Http;

namespace Albireo.Web;

/// <summary>Whatever goes wrong becomes one sentence on the page, the same that the command line would print.</summary>
public static class Failures
{
    private const int NoSpaceLeft = 28; // ENOSPC
    private const int QuotaUsedUp = 122; // EDQUOT

    /// <summary>The sentence for the user and the status that carries it.</summary>
    public static (int Status, string Sentence) Of(Exception e) =>
        e switch
        {
            AlbireoException { Failure: Failure.Usage } => (StatusCodes.Status400BadRequest, e.Message),
            AlbireoException => (StatusCodes.Status422UnprocessableEntity, e.Message),
            BusyException => (StatusCodes.Status409Conflict, e.Message),
            SettingsFileException => (StatusCodes.Status400BadRequest, e.Message),
            FitsFormatException => (StatusCodes.Status422UnprocessableEntity, e.Message),
            BadHttpRequestException or JsonException => (StatusCodes.Status400BadRequest, "The request is not understood: " + e.Message),
            OperationCanceledException => (StatusCodes.Status409Conflict, "Cancelled; the products that were finished are whole."),
            IOException { HResult: NoSpaceLeft or QuotaUsedUp } => (
                StatusCodes.Status507InsufficientStorage,
                $"The disk is full: {e.Message}. What was there before is whole; make room and try again."
            ),
            IOException or UnauthorizedAccessException => (StatusCodes.Status422UnprocessableEntity, e.Message),
            _ => (
                StatusCodes.Status500InternalServerError,
                $"A fault of the program, not of your data ({e.GetType().Name}: {e.Message}); albireo.log has the details."
            ),
        };

    internal static async Task Tell(HttpContext context, RequestDelegate next, Workbench workbench)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            (int status, string sentence) = Of(e);
            if (status == StatusCodes.Status500InternalServerError)
            {
                workbench.Log(e.ToString());
            }
            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(new Sentence(SafeText.OneLine(sentence)), WebJson.Options);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page is gone; nobody waits for an answer.
        }
    }
}
