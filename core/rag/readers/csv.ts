import Papa from "papaparse";
import { AppError } from "../../contract/errors.ts";
import { decodeText } from "./decode-text.ts";
import { makeDocumentBuilder } from "./document-builder.ts";
import { throwIfCancelled } from "./limits.ts";
import type { FormatReader } from "./reader.ts";
import { headerOf, rowText } from "./table-rows.ts";

/** Comma, semicolon or tab separated rows; cells joined by tabs, the header row repeated in each part. */
export const csvReader: FormatReader = {
  format: "csv",
  async read(bytes, _name, signal) {
    const { text, badBytes } = decodeText(bytes);
    const parsed = Papa.parse<string[]>(text, { skipEmptyLines: "greedy" });
    throwIfCancelled(signal);
    const builder = makeDocumentBuilder();
    const group = {};
    const header = headerOf(parsed.data[0]);
    for (const row of parsed.data) builder.line(group, rowText(row), header);
    if (builder.isEmpty()) throw new AppError("file-empty");
    const warnings: string[] = badBytes > 0 ? [`bad-bytes:${badBytes}`] : [];
    if (parsed.errors.some((error) => error.type === "Quotes")) warnings.push("bad-quotes");
    return { format: "csv", documents: [builder.finish({})], warnings };
  },
};
