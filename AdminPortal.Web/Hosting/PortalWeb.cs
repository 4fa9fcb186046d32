using System.Text.Encodings.Web;
using System.Text.Unicode;
using AdminPortal.Data;
using AdminPortal.Data.Gateways;
using AdminPortal.Web.Account;
using AdminPortal.Web.Development;
using AdminPortal.Web.Driver;
using AdminPortal.Web.Driver.MyData;
using AdminPortal.Web.Jobs;
using AdminPortal.Web.Shared;
using AdminPortal.Web.Shell;
using AdminPortal.Web.Staff;
using AdminPortal.Web.Staff.Exports;
using AdminPortal.Web.Staff.Statistics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.WebEncoders;
using Radzen;

namespace AdminPortal.Web.Hosting;

/// <summary>Which side a process serves (Portal:Surface): the police network and the internet can be served apart.</summary>
public enum Surface
{
    Both,
    Staff,
    Driver,
}

/// <summary>Composition of the web program.</summary>
public static class PortalWeb
{
    /// <summary>Settings and static files lie beside the binary, wherever the process was started from.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args, string? environment = null)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = args,
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = environment,
                ApplicationName = typeof(PortalWeb).Assembly.GetName().Name,
            }
        );
        // Files of the packages are found in build output too, not only in what was published.
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    /// <param name="clock">Another clock, for tests; it is the only source of time of the whole program.</param>
    public static WebApplication Build(WebApplicationBuilder builder, PortalSetup setup, TimeProvider? clock = null)
    {
        var development = builder.Environment.IsDevelopment();
        var surface = builder.Configuration.GetValue("Portal:Surface", Surface.Both);
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        });
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton<VersionedFiles>();
        services.AddPortalData(setup.Engine, setup.ConnectionString, setup.Cipher, setup.AuditKey, setup.Folder);
        builder.Configuration["Gateways:StandIns:Folder"] ??= setup.Folder.StandIns;
        try
        {
            services.AddGateways(builder.Configuration, development);
        }
        catch (InvalidOperationException e)
        {
            // Its message names the setting.
            throw new SetupException(e.Message);
        }
        services
            .AddDataProtection()
            .SetApplicationName("AdminPortal")
            .PersistKeysToFileSystem(new DirectoryInfo(setup.Folder.ProtectionKeys));
        services.AddLocalization();
        services.AddScoped<Words>();
        services.AddScoped<MyDataWords>();
        services.AddScoped<StatisticsWords>();
        services.AddScoped<ListWords>();
        services.AddHttpContextAccessor();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        // Chinese stays Chinese in the page instead of six characters of escape per letter.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddPortalSignIns(development);
        services.AddSingleton<PasskeyDesk>();
        services.AddSignInLimits(builder.Configuration);
        services.AddPortalJobs(builder.Configuration);
        services.Configure<ForwardedHeadersOptions>(o =>
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
        );
        var components = services.AddRazorComponents();
        if (surface != Surface.Driver)
        {
            components.AddPortalCircuits();
            services.AddRadzenComponents();
        }
        var app = builder.Build();
        app.UsePortal(development);
        app.MapPortal(surface, development);
        return app;
    }

    private static void UsePortal(this WebApplication app, bool development)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/error");
        if (!development)
        {
            app.UseHsts();
            app.UseHttpsRedirection();
        }
        app.UseStatusCodePagesWithReExecute("/status/{0}");
        app.UseRouting();
        app.UseRequestLocalization(Languages.Configure);
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCircuitOrigin();
        app.UseAntiforgery();
    }

    private static void MapPortal(this WebApplication app, Surface surface, bool development)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealthChecks("/health").AllowAnonymous();
        app.MapShell(surface, development);
        if (surface != Surface.Staff)
        {
            app.MapDriverPages();
        }
        if (surface != Surface.Driver)
        {
            app.MapStaffAccount();
            app.MapStaffEndpoints();
            app.MapRazorComponents<StaffApp>()
                .AddInteractiveServerRenderMode(o =>
                {
                    // Personal data and text of others share a page: compressing them together would leak lengths.
                    o.DisableWebSocketCompression = true;
                    o.ContentSecurityFrameAncestorsPolicy = null;
                })
                .RequireAuthorization(SignIns.Staff);
        }
        if (development)
        {
            app.MapDevelopmentPages();
        }
        // What is not there is not there for anybody: the fallback policy would send a lost driver to the officers' sign-in.
        app.MapFallback("{**path}", () => Results.NotFound()).AllowAnonymous();
    }
}
