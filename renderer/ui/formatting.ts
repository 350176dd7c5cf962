import type { Place } from "../../core/contract/documents.ts";

/** 12400 → "12,400", by locale. */
export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count);
}

const byteUnits = ["kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Bytes as kB or the largest unit that leaves at least one, decimal as file managers count. */
export function formatBytes(bytes: number, language: string): string {
  const power = bytes < 1 ? 1 : Math.min(byteUnits.length, Math.max(1, Math.floor(Math.log10(bytes) / 3)));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: byteUnits[power - 1] ?? "kilobyte",
    unitDisplay: "short",
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** Seconds as the one or two units a person plans with: "40 sec", "12 min", "3 hr 5 min". */
export function formatDuration(seconds: number, language: string): string {
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  if (seconds < 60) return unit(Math.max(1, Math.round(seconds)), "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unit(minutes, "minute");
  const rest = minutes % 60;
  const hours = unit(Math.floor(minutes / 60), "hour");
  return rest === 0 ? hours : `${hours} ${unit(rest, "minute")}`;
}

/** Milliseconds as "8.7 ms" or "1.2 sec". */
export function formatMilliseconds(milliseconds: number, language: string): string {
  const isLong = milliseconds >= 1000;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: isLong ? "second" : "millisecond",
    unitDisplay: "short",
    maximumFractionDigits: milliseconds < 100 || isLong ? 1 : 0,
  }).format(isLong ? milliseconds / 1000 : milliseconds);
}

export function formatDate(unixMilliseconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(unixMilliseconds);
}

/** 0.873 → "87%". */
export function formatShare(share: number, language: string): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** 0.0016 USD → "$0.0016": small amounts keep two digits that say something. */
export function formatMoney(amount: number, currency: string, language: string): string {
  const small = amount !== 0 && Math.abs(amount) < 0.1;
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...(small ? { maximumSignificantDigits: 2 } : {}),
  }).format(amount);
}

/** Time with its day: "14 Oct 2026, 10:30". */
export function formatTime(unixMilliseconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(
    unixMilliseconds,
  );
}

/** "2026-10" → "October 2026"; "2026-10-14" → "14 October 2026". Calendar days, of no time zone. */
export function formatDay(day: string, language: string): string {
  const [year = 0, month = 1, date] = day.split("-").map(Number);
  return new Intl.DateTimeFormat(language, {
    year: "numeric",
    month: "long",
    ...(date !== undefined && { day: "numeric" }),
    timeZone: "UTC",
  }).format(Date.UTC(year, month - 1, date ?? 1));
}

/** How a place is said: the catalogue's words for page, slide and sheet. */
export interface PlaceWords {
  page(number: number): string;
  slide(number: number): string;
  sheet(name: string): string;
}

/** "Page 5 · 9.1 Notice": the outer place, then the innermost headings; "" where nothing is known. */
export function formatPlace(place: Place, words: PlaceWords, headings: "all" | "last" = "last"): string {
  const parts: string[] = [];
  if (place.page !== undefined) parts.push(words.page(place.page));
  if (place.slide !== undefined) parts.push(words.slide(place.slide));
  if (place.sheet !== undefined) parts.push(words.sheet(place.sheet));
  if (place.heading)
    parts.push(headings === "all" ? place.heading : (place.heading.split(" › ").at(-1) ?? ""));
  return parts.join(" · ");
}
