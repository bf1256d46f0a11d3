// Sends mails beside the requests that ask for them, so that no answer tells by its time whether there is a mail.
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.SignIn.Email;

/// <summary>Bounded; a mail that fails is tried once more. Whoever gets none asks again.</summary>
public sealed partial class MailQueue(IMailSender sender, GatewayMetrics metrics, TimeProvider time, ILogger<MailQueue> logger) : BackgroundService
{
    private const int Capacity = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Channel<CodeMail> _mails = Channel.CreateBounded<CodeMail>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Adds a mail; when too many wait it is dropped and counted.</summary>
    public void Add(CodeMail mail)
    {
        if (!_mails.Writer.TryWrite(mail))
            metrics.Drop("mail_queue_full");
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var mail in _mails.Reader.ReadAllAsync(stoppingToken))
            {
                if (await TrySendAsync(mail, stoppingToken))
                    continue;
                await Task.Delay(Pause, time, stoppingToken);
                if (!await TrySendAsync(mail, stoppingToken))
                    metrics.Drop("mail_failed");
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A code could not be sent: {Kind}")]
    private static partial void LogFailed(ILogger logger, string kind);

    // Messages of mail servers repeat addresses: only the kind of failure is written.
    private async Task<bool> TrySendAsync(CodeMail mail, CancellationToken cancellation)
    {
        try
        {
            await sender.SendAsync(mail, cancellation);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            var kind = exception is MailKit.Net.Smtp.SmtpCommandException refused ? $"{refused.ErrorCode}, {refused.StatusCode}" : exception.GetType().Name;
            LogFailed(logger, kind);
            return false;
        }
    }
}
