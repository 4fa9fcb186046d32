using Microsoft.Playwright;

namespace AdminPortal.Tests.Support;

// The picture shelf, and questions that show a picture.
internal static partial class StaffTour
{
    private const string ShelfReady = "html[data-keys] .shelf";

    private static async Task<IReadOnlyList<StaffStop>> PicturesAsync(TestPortal portal, TestOfficer editor)
    {
        var unused = await portal.ShelvedAsync(editor);
        return
        [
            new(
                "pictures, to remove",
                editor,
                $"/staff/questions/pictures?uploaded={unused}",
                $"{ShelfReady} #remove-{unused}",
                page => PressAsync(page, $"#remove-{unused}", ".confirm-open")
            ),
            new(
                "pictures, none found, an upload refused",
                editor,
                "/staff/questions/pictures?q=no-such-picture&refused=PictureDimensions",
                "html[data-keys] .empty"
            ),
            new("question, with a picture", editor, "/staff/questions/signal-005", "html[data-keys] figure img"),
            new(
                "draft, an unknown picture",
                editor,
                "/staff/questions/signal-004/edit",
                "html[data-keys] .form-picture",
                UnknownPictureAsync
            ),
        ];
    }

    private static async Task UnknownPictureAsync(IPage page)
    {
        await page.FillAsync("#picture", "P-4711");
        await page.PressAsync("#picture", "Tab");
        await page.WaitForSelectorAsync("#picture-error");
    }
}
