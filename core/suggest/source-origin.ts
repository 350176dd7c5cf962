import type { Source } from "../contract/suggest.ts";

/** Where a source is from, in one line: title, headings, page. */
export function originOf(source: Source): string {
  const { place } = source;
  const spot = [
    place.heading?.startsWith(`${source.title} › `)
      ? place.heading.slice(source.title.length + 3)
      : place.heading,
    place.sheet,
    place.page === undefined ? undefined : `p. ${place.page}`,
    place.slide === undefined ? undefined : `slide ${place.slide}`,
  ];
  return [
    source.title,
    ...spot.filter((part) => part !== undefined && part !== "" && part !== source.title),
  ].join(" › ");
}
