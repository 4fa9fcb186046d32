using AdminPortal.Domain.Casework;

namespace AdminPortal.Data.Casework;

/// <summary>A short name for a case that two officers can say on the telephone: the random end of its id.</summary>
public static class CaseNumber
{
    public static string Of(Guid caseId) => Case.NumberOf(caseId);
}
