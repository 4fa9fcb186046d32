using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

// The picture shelf.
internal static partial class Catalogue
{
    private static CataloguedCommand[] Pictures =>
        [
            new(
                typeof(UploadQuestionPicture),
                Editors,
                a => Task.FromResult(a.Act(new UploadQuestionPicture(TestPortal.APicture())))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new UploadQuestionPicture("no picture"u8.ToArray()))),
                Misused = RefusalCode.PictureFormat,
            },
            new(
                typeof(RemoveQuestionPicture),
                Editors,
                async a =>
                    a.Act(new RemoveQuestionPicture(await a.Portal.ShelvedAsync(await a.Portal.CreateEditorAsync(), 2)))
            )
            {
                // A starter question shows it.
                Misuse = a => Task.FromResult(a.Act(new RemoveQuestionPicture("P-0001"))),
                Misused = RefusalCode.PictureInUse,
            },
        ];
}
