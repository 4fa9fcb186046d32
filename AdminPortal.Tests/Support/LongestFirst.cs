using Xunit.Abstractions;

[assembly: TestCollectionOrderer("AdminPortal.Tests.Support.LongestFirst", "AdminPortal.Tests")]

namespace AdminPortal.Tests.Support;

/// <summary>
/// The classes that take minutes begin first, so that none of them runs alone at the end. Nothing depends on the order; a class
/// that is missing here only costs time.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        "EveryStaffPage",
        "EveryDriverPage",
        "CommandTests",
        "StoryTests",
        "ExamKeyFloodTests",
        "OperatorTests",
        "KillTests",
        "PageWeightTests",
        "OperatorInstallationTests",
        "PermissionTests",
        "SqlServerQueryTests",
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection =>
            Array.FindIndex(Long, name => collection.DisplayName.Contains(name, StringComparison.Ordinal))
                is >= 0
                    and var place
                ? place
                : Long.Length
        );
}
