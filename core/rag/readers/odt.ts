import { AppError } from "../../contract/errors.ts";
import { makeDocumentBuilder } from "./document-builder.ts";
import { damaged } from "./limits.ts";
import { makeOdtWriter } from "./odt-body.ts";
import { readPart } from "./ooxml.ts";
import type { FormatReader } from "./reader.ts";
import { descend, elements, findAll, parseXml, textOf } from "./xml.ts";
import { openZip } from "./zip-archive.ts";

/** OpenDocument text: headings, lists, tables, notes, text frames; headers before, footers after. */
export const odtReader: FormatReader = {
  format: "odt",
  async read(bytes) {
    const zip = openZip(bytes);
    const manifest = zip.read("META-INF/manifest.xml");
    if (manifest && Buffer.from(manifest).includes("encryption-data")) throw new AppError("file-encrypted");
    const content = zip.read("content.xml");
    if (!content) throw damaged("main-part");
    const styles = readPart(zip, "styles.xml");
    const builder = makeDocumentBuilder();
    const writer = makeOdtWriter(builder);
    const edges = (names: readonly string[]): void => {
      for (const page of elements(elements(styles ?? undefined, "master-styles")[0], "master-page")) {
        for (const edge of findAll(page, new Set(names)))
          for (const child of elements(edge)) writer.block(child);
      }
    };
    edges(["header", "header-first"]);
    const { isBroken } = parseXml(content, { parent: "text", onChild: (child) => writer.block(child) });
    builder.setHeadings([]);
    edges(["footer", "footer-first"]);
    if (builder.isEmpty()) throw isBroken ? damaged("main-part") : new AppError("file-empty");
    const meta = descend(readPart(zip, "meta.xml") ?? undefined, "meta");
    const title = textOf(elements(meta, "title")[0]).trim() || writer.title();
    const warnings = [...(isBroken ? ["damaged-part"] : []), ...(writer.hasHidden() ? ["hidden-text"] : [])];
    return { format: "odt", documents: [builder.finish({ title })], warnings };
  },
};
