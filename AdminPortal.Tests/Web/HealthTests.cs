using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;

namespace AdminPortal.Tests.Web;

public sealed class HealthTests(WebApplicationFactory<Program> app) : IClassFixture<WebApplicationFactory<Program>>
{
    [Fact]
    public async Task Health_answers()
    {
        var answer = await app.CreateClient().GetAsync("/health");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
