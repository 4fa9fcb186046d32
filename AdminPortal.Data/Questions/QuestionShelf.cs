using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>What the acts on pictures share. They wait for each other at the row of the bank: one that uses a picture and one that
/// removes it would otherwise not see each other, and two that put one there would give it the same name.</summary>
internal static class QuestionShelf
{
    /// <summary>The name of a picture that is there already, or null.</summary>
    public static async Task<string?> NameAsync(PortalDb db, QuestionPictureFile file, CancellationToken ct) =>
        await db
            .QuestionPictures.Where(p => p.Digest == file.Digest)
            .Select(p => (string?)p.Name)
            .SingleOrDefaultAsync(ct);

    /// <summary>Puts a picture that is not there yet on the shelf.</summary>
    public static async Task<QuestionPictureRow> AddAsync(
        CommandScope scope,
        QuestionPictureFile file,
        CancellationToken ct
    )
    {
        var db = scope.Db;
        await db.QuestionBank.ExecuteUpdateAsync(
            set => set.SetProperty(b => b.LastPicture, b => b.LastPicture + 1),
            ct
        );
        var number = await db.QuestionBank.AsNoTracking().Select(b => b.LastPicture).SingleAsync(ct);
        var isStaff = scope.Actor.Kind == Domain.Access.ActorKind.Staff;
        var row = new QuestionPictureRow
        {
            Name = QuestionPicture.NameOf(number),
            Number = number,
            Digest = file.Digest,
            Format = file.Format,
            Width = file.Width,
            Height = file.Height,
            Size = file.Bytes.Length,
            Content = file.Bytes,
            UploadedById = isStaff ? scope.Actor.Id : null,
            UploadedByName = isStaff ? scope.Actor.Name : null,
            UploadedAt = scope.Now,
        };
        db.QuestionPictures.Add(row);
        return row;
    }

    /// <summary>Refuses content whose picture is not on the shelf; holds one that is until the act ends.</summary>
    public static async Task<Refusal?> CheckAsync(PortalDb db, QuestionContent content, CancellationToken ct)
    {
        if (content.Tidy().Picture is not { } picture)
        {
            return null;
        }
        await QuestionBank.EnterAsync(db, ct);
        return await db.QuestionPictures.AnyAsync(p => p.Name == picture.Name, ct)
            ? null
            : new Refusal(RefusalCode.PictureUnknown, QuestionPicture.NameField);
    }
}
