using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;

namespace AdminPortal.Data.Questions;

/// <summary>An editor puts a picture on the shelf. The same bytes once more are the picture that is there, by its name.</summary>
/// <param name="File">As it was uploaded; what is kept of it is written anew.</param>
public sealed record UploadQuestionPicture(ReadOnlyMemory<byte> File) : ICommand<string>
{
    public Permission Permission => Permission.EditQuestions;

    public async Task<Outcome<string>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var cleaned = QuestionPictureFile.Clean(File.Span);
        if (cleaned is not Outcome<QuestionPictureFile>.Done { Value: var file })
        {
            return ((Outcome<QuestionPictureFile>.Refused)cleaned).Refusal;
        }
        if (await QuestionShelf.NameAsync(scope.Db, file, ct) is { } known)
        {
            return known;
        }
        var picture = await QuestionShelf.AddAsync(scope, file, ct);
        scope.Audit(
            "QuestionPicture",
            picture.Name,
            null,
            new
            {
                picture.Format,
                picture.Width,
                picture.Height,
                bytes = picture.Size,
                digest = Convert.ToHexStringLower(picture.Digest),
            }
        );
        return picture.Name;
    }
}
