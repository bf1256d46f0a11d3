// Takes mails out of the process.
namespace Aetheris.Gateway.SignIn.Email;

/// <summary>One way to deliver codes.</summary>
public interface IMailSender
{
    /// <summary>Whether codes can be delivered at all.</summary>
    bool IsConfigured { get; }

    /// <summary>Delivers, or throws.</summary>
    Task SendAsync(CodeMail mail, CancellationToken cancellation);
}
