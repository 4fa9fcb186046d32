namespace AdminPortal.Web.Resources;

/// <summary>Texts of refusals, states and other words both sides use.</summary>
public sealed class SharedTexts;

/// <summary>Texts of the officers' pages.</summary>
public sealed class StaffTexts;

/// <summary>Texts of the drivers' pages.</summary>
public sealed class DriverTexts;
