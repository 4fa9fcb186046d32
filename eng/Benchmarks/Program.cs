string[] names = [];

if (args is not [var name] || !names.Contains(name))
{
    Console.Error.WriteLine("usage: eng/bench.sh NAME");
    Console.Error.WriteLine($"NAME is one of: {(names.Length == 0 ? "(none yet)" : string.Join(", ", names))}");
    return 2;
}

return 0;
