// benchmarks/Codec2.Bits: measure [ticks] | train SOURCE JSON [ticks] | vectors FOLDER
using System.Globalization;
using Aetheris.Codec2.Bits;

if (args is ["train", var source, var json, .. var rest])
{
    Trainer.Run(source, json, rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 400);
    return 0;
}

if (args is ["vectors", var folder])
{
    VectorMaker.Run(folder);
    return 0;
}

var ticks = args is ["measure", var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 400;
Measurement.Table(ticks, [("loopback", 2), ("50 ms", 4), ("100 ms", 8), ("200 ms", 14)]);
return 0;
