// Codes by SMTP, or in Development into a folder.
using System.Globalization;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Aetheris.Gateway.SignIn.Email;

/// <summary>One connection per mail: sign-ins are rare, and a connection that is kept breaks unseen.</summary>
public sealed class MailSender(IOptions<EmailOptions> options, TimeProvider time) : IMailSender
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int TimeoutMilliseconds = 10_000;
    private const string DropSender = "Aetheris <aetheris@localhost>";

    private readonly EmailOptions _options = options.Value;

    /// <inheritdoc />
    public bool IsConfigured => HasServer || !string.IsNullOrWhiteSpace(_options.DropFolder);

    private bool HasServer => !string.IsNullOrWhiteSpace(_options.Smtp);

    /// <inheritdoc />
    public async Task SendAsync(CodeMail mail, CancellationToken cancellation)
    {
        using var message = Write(mail);
        if (HasServer)
            await SendAsync(message, cancellation);
        else
            await DropAsync(message, cancellation);
    }

    private MimeMessage Write(CodeMail mail)
    {
        var message = new MimeMessage { Subject = "Your Aetheris code", Date = time.GetUtcNow() };
        message.From.Add(MailboxAddress.Parse(HasServer ? _options.From! : DropSender));
        message.To.Add(MailboxAddress.Parse(mail.To));
        message.Body = new TextPart("plain")
        {
            Text = $"Your code is {mail.Code}\n\nIt is good for ten minutes and for one sign-in. If you did not ask for it, do nothing: nobody can sign in without it.\n",
        };
        return message;
    }

    private async Task SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        var (host, port) = _options.ReadServer();
        using var client = new SmtpClient { Timeout = TimeoutMilliseconds };
        await client.ConnectAsync(host, port, ToOption(_options.Security), cancellation);
        if (!string.IsNullOrEmpty(_options.User))
            await client.AuthenticateAsync(_options.User, _options.Password!, cancellation);
        await client.SendAsync(message, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }

    private async Task DropAsync(MimeMessage message, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_options.DropFolder!);
        else
            Directory.CreateDirectory(_options.DropFolder!, OwnerOnly | UnixFileMode.UserExecute);
        var name = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd'T'HHmmss'.'fffffff}.eml");
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            file.UnixCreateMode = OwnerOnly;

        // Whole or not at all: whoever waits for it reads what is there.
        var draft = Path.Combine(_options.DropFolder!, name + ".draft");
        await using (var stream = new FileStream(draft, file))
            await message.WriteToAsync(stream, cancellation);
        File.Move(draft, Path.Combine(_options.DropFolder!, name));
    }

    private static SecureSocketOptions ToOption(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
