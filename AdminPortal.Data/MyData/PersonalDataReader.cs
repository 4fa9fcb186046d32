using AdminPortal.Data.Privacy;

namespace AdminPortal.Data.MyData;

/// <summary>How much of a value a reader may show.</summary>
public enum Disclosure
{
    /// <summary>Names and numbers that identify the person are shortened: for a page somebody may look over a shoulder at.</summary>
    Masked,

    /// <summary>As stored: for the copy a driver asks for.</summary>
    Full,
}

/// <summary>
/// Reads every category of personal data the product holds about one driver. What would give away an examination or a random
/// check that is still to come (the key, counts of a running exam, the moment of the next snapshot) is no answer about the
/// person and stays out.
/// </summary>
internal sealed partial class PersonalDataReader(
    PortalDb db,
    FieldCipher cipher,
    Guid driverId,
    Disclosure disclosure,
    bool english
)
{
    /// <summary>Every table but the trail, in the order a driver thinks of them.</summary>
    public async Task<IReadOnlyList<PersonalTable>> ReadAsync(CancellationToken ct) =>
        [
            await IdentityAsync(ct),
            await LicenceAsync(ct),
            await RecordAsync(ct),
            await ViolationsAsync(ct),
            await PenaltyChangesAsync(ct),
            await VehiclesAsync(ct),
            await ApplicationsAsync(ct),
            await RoundsAsync(ct),
            await StepsAsync(ct),
            await DeadlinesAsync(ct),
            await StudyAsync(ct),
            await ExamsAsync(ct),
            await AnswersAsync(ct),
            await FaceChecksAsync(ct),
            await PhotosAsync(ct),
            await ConsentsAsync(ct),
            await CasesAsync(ct),
            await AttendancesAsync(ct),
            await ReductionsAsync(ct),
            await MessagesAsync(ct),
            await CodesAsync(ct),
            await SessionsAsync(ct),
            await ExportsAsync(ct),
        ];

    private string Show(Func<string, string> mask, string value) => disclosure == Disclosure.Full ? value : mask(value);
}
