using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>A picture that no version of a question ever kept is taken off the shelf. Its name is not given again.</summary>
public sealed record RemoveQuestionPicture(string Name) : ICommand<Unit>
{
    public Permission Permission => Permission.EditQuestions;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (!await db.QuestionPictures.AnyAsync(p => p.Name == Name, ct))
        {
            // A name that was given once and is not there any more: the second click.
            var number = QuestionPicture.NumberOf(Name);
            return number > 0 && await db.QuestionBank.AnyAsync(b => b.LastPicture >= number, ct)
                ? new Unit()
                : new Refusal(RefusalCode.NotFound);
        }
        // From here on nobody makes a question of it.
        await QuestionBank.EnterAsync(db, ct);
        var uses = await db.QuestionVersions.CountAsync(q => q.PictureName == Name, ct);
        if (uses > 0)
        {
            return new Refusal(RefusalCode.PictureInUse, null, uses);
        }
        if (await db.QuestionPictures.Where(p => p.Name == Name).ExecuteDeleteAsync(ct) > 0)
        {
            scope.Audit("QuestionPicture", Name, null, new { removed = true });
        }
        return new Unit();
    }
}
