// The part of kaigo that the examples use, as a C# program sees it: SafeHandles over include/kaigo.h, text in UTF-16.
// Beside it belongs one of two files of declarations: Kaigo.DllImport.cs for every .NET, Mono and .NET Framework among them, or
// Kaigo.LibraryImport.cs for .NET 8 and later, where the compiler writes the marshalling and trimming and AOT work.
using System;
using System.Runtime.InteropServices;

namespace Kaigo
{
    /// <summary>A call that failed: its status, its stable code and its message.</summary>
    public sealed class KaigoException : Exception
    {
        public int Status { get; private set; }
        public string Code { get; private set; }

        internal KaigoException(int status, string code, string message) : base(message)
        {
            Status = status;
            Code = code;
        }
    }

    /// <summary>A handle of the library; it is freed once, whatever happens.</summary>
    public abstract class KaigoHandle : SafeHandle
    {
        protected KaigoHandle() : base(IntPtr.Zero, true) { }

        public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    }

    public sealed class Document : KaigoHandle
    {
        // The marshalling of .NET 8 makes handles by a public constructor.
        public Document() { }

        protected override bool ReleaseHandle() { return Native.kaigo_document_free(handle) == 0; }

        /// <summary>Reads a file. What does not conform stands in its report.</summary>
        public static Document Open(string path)
        {
            Document document;
            IntPtr error;
            Native.Check(Native.kaigo_document_open_utf16(path, (UIntPtr)path.Length, IntPtr.Zero, out document, out error), error);
            return document;
        }

        public ulong Rows
        {
            get
            {
                ulong rows;
                IntPtr error;
                Native.Check(Native.kaigo_document_rows(this, out rows, out error), error);
                return rows;
            }
        }

        /// <summary>A field by its English or official name; rows count from 1.</summary>
        public string this[ulong row, string name]
        {
            get
            {
                return Native.Text((char[] buffer, UIntPtr capacity, out UIntPtr needed, out IntPtr error) =>
                    Native.kaigo_document_text_named_utf16(
                        this, row, name, (UIntPtr)name.Length, buffer, capacity, out needed, out error));
            }
        }

        /// <summary>What reading found, with personal data masked.</summary>
        public Report Report
        {
            get
            {
                Report report;
                IntPtr error;
                Native.Check(Native.kaigo_document_report(this, 0, out report, out error), error);
                return report;
            }
        }
    }

    public sealed class Report : KaigoHandle
    {
        private const uint Count = 1, LineJapanese = 13, LineEnglish = 14;

        public Report() { }

        protected override bool ReleaseHandle() { return Native.kaigo_report_free(handle) == 0; }

        /// <summary>Each finding as a line: severity, place, message, code.</summary>
        public string[] Lines(bool japanese)
        {
            ulong count;
            IntPtr failed;
            Native.Check(Native.kaigo_report_number(this, Count, out count, out failed), failed);
            var lines = new string[count];
            for (ulong i = 0; i < count; i++)
            {
                ulong index = i;
                lines[i] = Native.Text((char[] buffer, UIntPtr capacity, out UIntPtr needed, out IntPtr error) =>
                    Native.kaigo_report_finding_text_utf16(
                        this, index, japanese ? LineJapanese : LineEnglish, buffer, capacity, out needed, out error));
            }
            return lines;
        }
    }

    internal static partial class Native
    {
        private const string Library = "kaigo";
        private const uint AbiVersion = 1, ErrorCode = 1, ErrorMessageJapanese = 2;

        static Native()
        {
            uint version;
            IntPtr error;
            kaigo_abi_version(out version, out error);
            if (version != AbiVersion) throw new DllNotFoundException("libkaigo has another binary interface");
        }

        internal delegate int TextCall(char[] buffer, UIntPtr capacity, out UIntPtr needed, out IntPtr error);

        /// <summary>A text in two calls: how long it is, then the text.</summary>
        internal static string Text(TextCall call)
        {
            UIntPtr needed;
            IntPtr error;
            Check(call(null, UIntPtr.Zero, out needed, out error), error);
            var buffer = new char[(int)needed];
            Check(call(buffer, needed, out needed, out error), error);
            return new string(buffer);
        }

        /// <summary>Turns a status into an exception.</summary>
        internal static void Check(int status, IntPtr error)
        {
            if (status == 0) return;
            try
            {
                throw new KaigoException(status, ErrorText(error, ErrorCode), ErrorText(error, ErrorMessageJapanese));
            }
            finally
            {
                kaigo_error_free(error);
            }
        }

        private static string ErrorText(IntPtr error, uint what)
        {
            UIntPtr needed;
            kaigo_error_text_utf16(error, what, null, UIntPtr.Zero, out needed, IntPtr.Zero);
            var buffer = new char[(int)needed];
            kaigo_error_text_utf16(error, what, buffer, needed, out needed, IntPtr.Zero);
            return new string(buffer);
        }
    }
}
