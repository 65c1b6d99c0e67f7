// The calls of Kaigo.cs for .NET 8 and later.
using System;
using System.Runtime.InteropServices;

namespace Kaigo
{
    internal static partial class Native
    {
        [LibraryImport(Library)]
        internal static partial int kaigo_abi_version(out uint version, out IntPtr error);

        [LibraryImport(Library)]
        internal static partial int kaigo_error_free(IntPtr error);

        [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf16)]
        internal static partial int kaigo_error_text_utf16(
            IntPtr error, uint what, [Out] char[] buffer, UIntPtr capacity, out UIntPtr needed, IntPtr err);

        [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf16)]
        internal static partial int kaigo_document_open_utf16(
            string path, UIntPtr length, IntPtr options, out Document document, out IntPtr error);

        [LibraryImport(Library)]
        internal static partial int kaigo_document_free(IntPtr document);

        [LibraryImport(Library)]
        internal static partial int kaigo_document_rows(Document document, out ulong rows, out IntPtr error);

        [LibraryImport(Library)]
        internal static partial int kaigo_document_report(
            Document document, uint flags, out Report report, out IntPtr error);

        [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf16)]
        internal static partial int kaigo_document_text_named_utf16(
            Document document, ulong row, string name, UIntPtr nameLength,
            [Out] char[] buffer, UIntPtr capacity, out UIntPtr needed, out IntPtr error);

        [LibraryImport(Library)]
        internal static partial int kaigo_report_free(IntPtr report);

        [LibraryImport(Library)]
        internal static partial int kaigo_report_number(Report report, uint what, out ulong value, out IntPtr error);

        [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf16)]
        internal static partial int kaigo_report_finding_text_utf16(
            Report report, ulong index, uint what,
            [Out] char[] buffer, UIntPtr capacity, out UIntPtr needed, out IntPtr error);
    }
}
