// Defaults and checks of the e-mail settings, with messages that name the full key.
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Aetheris.Gateway.SignIn.Email;

internal sealed class EmailOptionsSetup(IHostEnvironment environment) : IPostConfigureOptions<EmailOptions>, IValidateOptions<EmailOptions>
{
    public void PostConfigure(string? name, EmailOptions options)
    {
        if (!environment.IsDevelopment() || !string.IsNullOrWhiteSpace(options.Smtp) || !string.IsNullOrWhiteSpace(options.DropFolder))
            return;
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        options.DropFolder = Path.Combine(folder, "aetheris", "mail");
    }

    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var failures = new List<string>();
        if (!string.IsNullOrWhiteSpace(options.Smtp))
            CheckServer(options, failures);
        if (!string.IsNullOrWhiteSpace(options.DropFolder) && !environment.IsDevelopment())
            failures.Add($"{Key(nameof(options.DropFolder))} is for Development: whoever reads the folder can sign in as anybody");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private void CheckServer(EmailOptions options, List<string> failures)
    {
        var (host, port) = options.ReadServer();
        if (host.Length == 0 || port is < 1 or > ushort.MaxValue)
            failures.Add($"{Key(nameof(options.Smtp))} is '{options.Smtp}': host or host:port is expected");
        if (!MailboxAddress.TryParse(options.From, out _))
            failures.Add($"{Key(nameof(options.From))} must be an e-mail address when {Key(nameof(options.Smtp))} is set");
        if (string.IsNullOrEmpty(options.User) != string.IsNullOrEmpty(options.Password))
            failures.Add($"{Key(nameof(options.User))} and {Key(nameof(options.Password))} belong together");
        if (options.Security == SmtpSecurity.None && !environment.IsDevelopment() && !IsHere(host))
            failures.Add($"{Key(nameof(options.Security))} is None: outside Development codes travel in the clear to this machine only");
    }

    private static bool IsHere(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static string Key(string name) => $"{EmailOptions.Section}:{name}";
}
