using System.Globalization;
using AdminPortal.Domain.Schemes;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using AdminPortal.Web.Staff.Schemes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Tests.Web;

/// <summary>The page of the schemes shows every number with its rule, in both languages.</summary>
public sealed class SchemeSheetTests
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_number_of_every_scheme_has_words_and_a_rule(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        foreach (var scheme in SchemeCatalogue.Shipped.All)
        {
            var rows = Sheet().Rows([scheme]);
            Assert.Equal(SchemeSheet.Properties.Count + scheme.Grounds.Count, rows.Count);
            foreach (var row in rows)
            {
                var fact = Assert.Single(row.Facts);
                // A key that has no text is shown as it is.
                Assert.DoesNotMatch("Scheme[A-Za-z]*_", row.Label + fact.Value);
                Assert.DoesNotContain('\u0001', row.Label);
                Assert.Equal(fact.Value is null, fact.Rule is null);
                Assert.False(row.Differs);
            }
            Assert.All(
                rows.SelectMany(r => r.Facts),
                f => Assert.True(f.Rule is null || Sheet().SourceOf(f.Rule).Length > 0)
            );
        }
    }

    [Fact]
    public void The_numbers_are_those_of_the_scheme_and_what_differs_is_marked()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var (s0, national) = (Of("S0"), Of("N"));
        var rows = Sheet().Rows([s0, national]).ToDictionary(row => row.Label);

        Assert.Equal(
            [new SchemeFact("3日，末日休息的顺延", "N-36"), new SchemeFact("24小时", "S1-31")],
            new[] { rows["学习期限"].Facts[1], rows["补考期限"].Facts[1] }
        );
        Assert.Equal(new SchemeFact("判断8、单选8、多选4，共20题", "D-MIX"), rows["试卷"].Facts[1]);
        Assert.True(rows["手持证件照核验期限"].Differs);
        Assert.Equal(new SchemeFact(null, null), rows["手持证件照核验期限"].Facts[0]);
        Assert.False(rows["学习时长"].Differs);
        Assert.Contains("受理条件：本记分周期有记分", rows.Keys);
    }

    private static Scheme Of(string id) => SchemeCatalogue.Shipped.All.Last(scheme => scheme.Id == id);

    private static SchemeSheet Sheet()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddLocalization()
            .AddSingleton<Words>()
            .BuildServiceProvider();
        return new SchemeSheet(
            services.GetRequiredService<IStringLocalizer<StaffTexts>>(),
            services.GetRequiredService<Words>()
        );
    }
}
