namespace Albireo.Web;

/// <summary>Something is under way that this would disturb; the message says what.</summary>
public sealed class BusyException(string message) : Exception(message);
