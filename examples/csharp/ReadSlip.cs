// Reads a planned slip (第6表) and prints its visits; then shows what a call that fails gives.
using System;
using Kaigo;

class ReadSlip
{
    static int Main(string[] arguments)
    {
        using (Document document = Document.Open(arguments[0]))
        {
            for (ulong row = 1; row <= document.Rows; row++)
                Console.WriteLine(
                    "{0} {1} {2}", document[row, "service_date"], document[row, "サービス開始時刻"], document[row, "office_name"]);
        }
        try
        {
            Document.Open("missing.CSV").Dispose();
            return 1;
        }
        catch (KaigoException e)
        {
            Console.WriteLine("{0} {1}: {2}", e.Status, e.Code, e.Message);
            return e.Status == 200 ? 0 : 1;
        }
    }
}
