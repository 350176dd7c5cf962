import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import { AppError } from "../../contract/errors.ts";
import { makeDocumentBuilder, type DocumentBuilder } from "./document-builder.ts";
import { formatOfName } from "./formats.ts";
import { addHtml } from "./html-text.ts";
import { limitExceeded, readerLimits } from "./limits.ts";
import { readBytesAs } from "./read-file.ts";
import type { FormatReader } from "./reader.ts";
import { addPlainText } from "./text-blocks.ts";
import { withRawText } from "./eml-charset.ts";

/** Mail: its head, its words (plain text before HTML), then attachments that have a reader; others are named. */
export const emlReader: FormatReader = {
  format: "eml",
  async read(bytes, _name, signal) {
    const builder = makeDocumentBuilder();
    const warnings = new Set<string>();
    const email = await addMail(builder, bytes, warnings, 0, signal);
    if (builder.isEmpty()) throw new AppError("file-empty");
    return {
      format: "eml",
      documents: [builder.finish({ title: email.subject ?? null })],
      warnings: [...warnings],
    };
  },
};

async function addMail(
  builder: DocumentBuilder,
  bytes: Uint8Array,
  warnings: Set<string>,
  depth: number,
  signal: AbortSignal,
): Promise<Email> {
  if (depth > readerLimits.mailDepth) throw limitExceeded("mail-depth");
  const email = await PostalMime.parse(withRawText(bytes), {
    forceRfc822Attachments: true,
    maxNestingDepth: 64,
    attachmentEncoding: "arraybuffer",
  });
  const head = [
    line("Subject", email.subject),
    line("From", people(email.from ? [email.from] : [])),
    line("To", people(email.to)),
    line("Cc", people(email.cc)),
    line("Date", email.date),
  ].filter(Boolean);
  if (head.length > 0) builder.paragraph(head.join("\n"));
  if (email.text?.trim()) addPlainText(builder, email.text.replace(/\r\n?/g, "\n"));
  if (email.html?.trim()) addHtmlPart(builder, email.html, email.text ?? "", warnings);
  for (const attachment of email.attachments)
    await addAttachment(builder, attachment, warnings, depth, signal);
  return email;
}

async function addAttachment(
  builder: DocumentBuilder,
  attachment: Attachment,
  warnings: Set<string>,
  depth: number,
  signal: AbortSignal,
): Promise<void> {
  const { content } = attachment;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
  const name = attachment.filename ?? attachment.description ?? "";
  if (attachment.mimeType === "message/rfc822") {
    builder.setHeadings([name || "message"]);
    await addMail(builder, bytes, warnings, depth + 1, signal);
  } else if (/^(text\/(plain|html)|message\/)/.test(attachment.mimeType) || formatOfName(name)) {
    await addReadable(
      builder,
      bytes,
      { name, readAs: readableName(name, attachment.mimeType) },
      warnings,
      signal,
    );
  } else if (name && !attachment.related) {
    builder.setHeadings([]);
    builder.paragraph(`[${name}]`);
    warnings.add("attachment-not-read");
  }
  builder.setHeadings([]);
}

async function addReadable(
  builder: DocumentBuilder,
  bytes: Uint8Array,
  { name, readAs }: { readonly name: string; readonly readAs: string },
  warnings: Set<string>,
  signal: AbortSignal,
): Promise<void> {
  if (bytes.length === 0) return;
  // A mail inside a mail comes as message/rfc822; one named .eml is only named, so that nesting stays counted.
  if (formatOfName(name) === "eml") return builder.paragraph(`[${name}]`);
  try {
    const { documents } = await readBytesAs(bytes, readAs, signal);
    for (const document of documents) {
      for (const section of document.sections) {
        const { heading, ...spot } = section.place;
        builder.setSpot(spot);
        builder.setHeadings([name, ...(heading?.split(" › ") ?? [])]);
        builder.paragraph(document.text.slice(section.start, section.end));
      }
    }
    builder.setSpot({});
  } catch (error) {
    // One bad attachment does not take the mail's own words away; a cancel or a limit does end it.
    if (!(error instanceof AppError) || error.code === "cancelled" || error.code === "file-limits-exceeded")
      throw error;
    builder.setSpot({});
    builder.paragraph(`[${name}]`);
    warnings.add("attachment-not-read");
  }
}

/** The name that lets an unnamed or oddly named text part find its reader. */
function readableName(name: string, mimeType: string): string {
  if (formatOfName(name)) return name;
  return `${name || "part"}.${mimeType === "text/html" ? "html" : "txt"}`;
}

/** HTML mostly repeats the plain text beside it: only its blocks that say something else are added. */
function addHtmlPart(builder: DocumentBuilder, html: string, plain: string, warnings: Set<string>): void {
  if (!plain.trim()) {
    if (addHtml(builder, html).hasHidden) warnings.add("hidden-text");
    return;
  }
  const part = makeDocumentBuilder();
  if (addHtml(part, html).hasHidden) warnings.add("hidden-text");
  const known = lettersOf(plain);
  const { text, sections } = part.finish({});
  for (const section of sections) {
    const block = text.slice(section.start, section.end);
    if (!known.includes(lettersOf(block))) builder.paragraph(block);
  }
}

function lettersOf(text: string): string {
  return text.replace(/https?:\S+|[^\p{L}\p{N}]+/gu, "").toLowerCase();
}

function line(name: string, value: string | undefined): string {
  return value?.trim() ? `${name}: ${value.trim()}` : "";
}

function people(addresses: readonly Address[] | undefined): string {
  return (addresses ?? [])
    .flatMap((address) => address.group ?? [address])
    .map(({ name, address }) =>
      name && address && name !== address ? `${name} <${address}>` : address || name,
    )
    .join(", ");
}
