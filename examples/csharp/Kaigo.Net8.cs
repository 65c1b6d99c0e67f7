// The declarations of Kaigo.cs for .NET 8, where the compiler writes the marshalling (`LibraryImport`). Each takes the place of
// the `DllImport` of the same name; the class becomes `internal static partial class Native`. The tests compare it with the
// header and compile it as `DllImport`; .NET 8 itself is not part of them.
#if NET8_0_OR_GREATER
using System;
using System.Runtime.InteropServices;

namespace Kaigo
{
    internal static partial class NativeNet8
    {
        private const string Library = "kaigo";

        [LibraryImport(Library)]
        internal static partial int kaigo_abi_version(out uint version, out IntPtr error);

        [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf16)]
        internal static partial int kaigo_document_open_utf16(
            string path, nuint length, IntPtr options, out Document document, out IntPtr error);

        [LibraryImport(Library)]
        internal static partial int kaigo_document_rows(Document document, out ulong rows, out IntPtr error);

        [LibraryImport(Library)]
        internal static partial int kaigo_document_report(
            Document document, uint flags, out Report report, out IntPtr error);

        [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf16)]
        internal static partial int kaigo_document_text_named_utf16(
            Document document, ulong row, string name, nuint nameLength,
            [Out] char[]? buffer, nuint capacity, out nuint needed, out IntPtr error);

        [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf16)]
        internal static partial int kaigo_report_finding_text_utf16(
            Report report, ulong index, uint what,
            [Out] char[]? buffer, nuint capacity, out nuint needed, out IntPtr error);
    }
}
#endif
