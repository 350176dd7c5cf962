import type { PdfPage } from "./pdf-engine.ts";

/** What was filled into a page's form fields and written in its notes; no part of the page's own text. */
export async function fieldTexts(page: PdfPage): Promise<string[]> {
  const texts: string[] = [];
  for (const annotation of (await page.getAnnotations()) as readonly Record<string, unknown>[]) {
    const { subtype, fieldValue, fieldType, alternativeText, fieldName, contentsObj } = annotation;
    if (subtype === "Widget" && (fieldType === "Tx" || fieldType === "Ch")) {
      const value = Array.isArray(fieldValue) ? fieldValue.join(", ") : fieldValue;
      const name = typeof alternativeText === "string" && alternativeText ? alternativeText : fieldName;
      if (typeof value === "string" && value.trim())
        texts.push(typeof name === "string" && name ? `${name}: ${value}` : value);
    } else if (subtype === "Text" || subtype === "FreeText" || subtype === "Highlight") {
      const note =
        typeof contentsObj === "object" && contentsObj !== null && "str" in contentsObj
          ? contentsObj.str
          : "";
      if (typeof note === "string" && note.trim()) texts.push(note);
    }
  }
  return texts;
}

/** True when a page without text draws something: a scan, or letters as outlines. */
export async function isPicture(page: PdfPage): Promise<boolean> {
  const { fnArray } = await page.getOperatorList();
  // Anything beyond saving, restoring and setting states puts ink on the page.
  return fnArray.some((operation) => operation >= 20 && operation !== 92);
}
