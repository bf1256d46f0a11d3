// docs/reference equals what the code says.
namespace Aetheris.Architecture.Tests.Reference;

public sealed class ReferenceTests
{
    private static readonly bool Records = Environment.GetEnvironmentVariable("AETHERIS_RECORD_REFERENCE") == "1";

    [Fact]
    public void The_reference_of_configuration_keys_is_what_the_code_says() => AssertCommitted("configuration.md", ReferencePages.Configuration());

    [Fact]
    public void The_reference_of_metrics_is_what_the_code_says() => AssertCommitted("metrics.md", ReferencePages.Metrics(InstrumentCollection.Collect()));

    [Fact]
    public void Every_metric_is_described()
    {
        var instruments = InstrumentCollection.Collect();

        Assert.True(instruments.Count > 40);
        Assert.DoesNotContain(instruments, instrument => instrument.Description.Length == 0);
        Assert.All(instruments, instrument => Assert.StartsWith("aetheris_", instrument.Name, StringComparison.Ordinal));
    }

    private static void AssertCommitted(string page, string text)
    {
        var path = Path.Combine(Repository.Root, "docs", "reference", page);
        if (Records)
            File.WriteAllText(path, text);
        Assert.True(File.ReadAllText(path) == text, $"docs/reference/{page} is out of date; its second line says how to make it again");
    }
}
