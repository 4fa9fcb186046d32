using AdminPortal.Data.Questions;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Data.Infrastructure;

namespace AdminPortal.Tests.Support;

// The picture shelf.
public sealed partial class TestPortal
{
    /// <summary>A sound picture; another one for each seed.</summary>
    public static byte[] APicture(int seed = 1) => PngBuilder.Picture(160, 120, seed: seed);

    /// <summary>Puts a picture on the shelf.</summary>
    /// <returns>Its name.</returns>
    public Task<string> ShelvedAsync(TestOfficer editor, int seed = 1) =>
        DoAsync(new UploadQuestionPicture(APicture(seed)), editor.Ref);

    /// <summary>Content that shows a picture of the starter questions, unless another one is named.</summary>
    public static QuestionContent Pictured(string text = "图中是什么？", string name = "P-0001") =>
        NewQuestion(text) with
        {
            Picture = new QuestionPicture(name, new BilingualText("一块圆形标志", "A round sign")),
        };

    /// <summary>Every question of a paper gets a picture of the starter questions, behind the back of the product.</summary>
    public Task GivePicturesAsync(Guid attempt) =>
        GivePicturesAsync("id IN (SELECT version_id FROM exam_items WHERE attempt_id = $1)", attempt);

    /// <inheritdoc cref="GivePicturesAsync(Guid)"/>
    public async Task GivePicturesAsync(string which, params object[] values)
    {
        await ExecuteAsync("ALTER TABLE question_versions DISABLE TRIGGER USER");
        await ExecuteAsync(
            $$"""
            UPDATE question_versions SET
              picture_name = 'P-000' || (1 + abs(hashtext(id::text) % 8)),
              picture_description = '{"Zh":"一块圆形标志，<红>边","En":"A round sign with a \"red\" border"}'
            WHERE picture_name IS NULL AND {{which}}
            """,
            values
        );
        await ExecuteAsync("ALTER TABLE question_versions ENABLE TRIGGER USER");
    }
}
