using AdminPortal.Web.Hosting;
using AdminPortal.Web.Operators;

// The first word chooses: an operator's command, or the web program ("serve", also without any word).
return OperatorCommands.Knows(args) ? await OperatorCommands.RunAsync(args) : await PortalProgram.ServeAsync(args);
