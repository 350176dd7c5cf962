/**
 * The part of a style sheet that a page is first painted with: rules whose classes all stand in its markup, and rules
 * without a class. Conditions (`@media`, `@layer` …) stay around what is kept of them; order stays. `css` is as a
 * minifier leaves it: without comments.
 */
export function stylesOfPage(css: string, html: string): string {
  const classes = new Set(
    [...html.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, list = ""]) => list.split(" ")),
  );
  return keep(css, classes);
}

/** At-rules that hold rules; what other ones hold (`@keyframes`, `@font-face`) is kept whole. */
const conditions = /^@(?:media|layer|supports|container)\b/;

function keep(css: string, classes: ReadonlySet<string>): string {
  let kept = "";
  for (let at = 0; at < css.length;) {
    const end = endOfHead(css, at);
    const head = css.slice(at, end).trim();
    if (css[end] !== "{") {
      // A statement: `@layer reset, mantine;`
      kept += head === "" ? "" : `${head};`;
      at = end + 1;
      continue;
    }
    const close = endOfBlock(css, end);
    const body = css.slice(end + 1, close);
    if (conditions.test(head)) {
      const inner = keep(body, classes);
      // An empty layer still has its place in the order.
      if (inner !== "" || head.startsWith("@layer")) kept += `${head}{${inner}}`;
    } else if (head.startsWith("@") || isUsed(head, classes)) kept += `${head}{${body}}`;
    at = close + 1;
  }
  return kept;
}

/** True where one selector of the list may match: all its classes, but those of `:not(…)`, stand in the markup. */
function isUsed(selectors: string, classes: ReadonlySet<string>): boolean {
  // A comma inside brackets parts no selectors: such a list is taken as one, which `:is(…)` and `:where(…)` want anyway.
  const list = /[([]/.test(selectors)
    ? [selectors.replaceAll(/:(?:not|is|where|has)\([^)]*\)/g, "")]
    : selectors.split(",");
  return list.some((one) =>
    one
      .split(",")
      .some((part) => [...part.matchAll(/\.(-?[\w-]+)/g)].every(([, name = ""]) => classes.has(name))),
  );
}

/** Index of the `{` or `;` that ends what begins at `from`; the end of the text where there is none. */
function endOfHead(css: string, from: number): number {
  for (let at = from; at < css.length; at++) {
    if (css[at] === '"') at = css.indexOf('"', at + 1);
    else if (css[at] === "{" || css[at] === ";") return at;
  }
  return css.length;
}

/** Index of the `}` to the `{` at `open`. */
function endOfBlock(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at++) {
    if (css[at] === '"') at = css.indexOf('"', at + 1);
    else if (css[at] === "{") depth++;
    else if (css[at] === "}" && --depth === 0) return at;
  }
  throw new Error("a block of the style sheet does not end");
}
