using System;
using Kaigo;

class First
{
    static void Main(string[] arguments)
    {
        using (Document document = Document.Open(arguments[0]))
        using (Report report = document.Report)
            foreach (string line in report.Lines(japanese: true)) Console.WriteLine(line);
    }
}
