namespace AdminPortal.Domain.Leads;

/// <summary>
/// From where on something is worth an officer's look (D-LEAD). None of these numbers is law and none decides anything about a
/// driver: they decide what is shown. Why each is what it is stands in decision 014.
/// </summary>
public static class LeadThresholds
{
    /// <summary>Characters a second beyond which nobody reads a question with its options.</summary>
    public const int CharactersPerSecond = 15;

    /// <summary>Seconds in which nobody sees a page, chooses and presses, however short the question is.</summary>
    public const decimal ShortestLook = 1m;

    /// <summary>Right answers given faster than they can be read, as a part of the paper: one in so many.</summary>
    public const int QuickPartOfPaper = 2;

    /// <summary>Other drivers with the very same photo, byte for byte.</summary>
    public const int OtherDrivers = 1;

    /// <summary>Face checks of one driver that the very same photo answered: a moment happens once.</summary>
    public const int ChecksWithOnePhoto = 2;

    /// <summary>Tries at one face check with the very same photo: choosing the same file once more is no sign yet.</summary>
    public const int TriesWithOnePhoto = 3;

    /// <summary>How often the study was opened anew within <see cref="OpeningsWithin"/>.</summary>
    public const int Openings = 20;

    public static readonly TimeSpan OpeningsWithin = TimeSpan.FromMinutes(10);

    /// <summary>Seconds credited beyond those that passed; below it are the clocks of several servers.</summary>
    public const int SurplusSeconds = 5;

    /// <summary>Drivers who signed in with one browser at one network address within <see cref="DeviceWithin"/>.</summary>
    public const int DriversOnDevice = 5;

    public static readonly TimeSpan DeviceWithin = TimeSpan.FromHours(4);
}
