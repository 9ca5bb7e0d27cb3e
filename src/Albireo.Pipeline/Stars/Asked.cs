using System.Collections;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stages;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stars;

/// <summary>A star that was asked for, before it is found among the sources.</summary>
/// <param name="Option">Where it was asked for, for messages.</param>
/// <param name="Text">As it was written.</param>
/// <param name="Star">Position and role.</param>
public sealed record Asked(string Option, string Text, Star Star);
