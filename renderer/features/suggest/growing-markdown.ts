import { cloneElement, Fragment, isValidElement, type ReactElement, type ReactNode } from "react";

type Parse = (text: string) => ReactElement;

interface Holder {
  readonly children?: ReactNode;
}

/** Characters that mean nothing in Markdown, wherever in a line they stand; a full stop only after a word. */
const plainTail = /^(?:[\p{L}\p{M}\p{N} ,'"…，。、；：！？“”‘’（）]|(?<=\p{L})(?<!www)\.(?= |$))*$/iu;
const plainEnd = /[\p{L}\p{M}\p{N} ,'"…，。、；：！？“”‘’（）]*$/u;
/** Before a word these make an entity, a tag or an address of it. */
const opensWord = /[&<@/]$/u;
/** Elements that text may be added to at their end; code, links and tables are parsed again. */
const openElements: ReadonlySet<unknown> = new Set([Fragment, "p", "ul", "ol", "li", "blockquote"]);

/**
 * Markdown that grows at its end, as while a model writes: parsed again only where what came could mean
 * structure; plain words are added to the last paragraph of the tree that is there.
 */
export function makeGrowingMarkdown(parse: Parse): Parse {
  let parsed: { readonly text: string; readonly tree: ReactElement } | null = null;
  return (text) => {
    const grown = parsed && text.startsWith(parsed.text) ? grow(parsed.tree, parsed.text, text) : null;
    if (grown) return grown;
    parsed = { text, tree: parse(text) };
    return parsed.tree;
  };
}

/** The tree of `before` with the rest of `text` as its last words, or null where that takes a parser. */
function grow(tree: ReactElement, before: string, text: string): ReactElement | null {
  const tail = text.slice(before.length);
  if (tail === "") return tree;
  const end = plainEnd.exec(before)?.[0] ?? "";
  const words = end.trim();
  if (words === "" || opensWord.test(before.slice(0, before.length - end.length))) return null;
  // The letters before decide what a full stop at the tail's beginning is.
  if (!plainTail.test(end.slice(-3) + tail)) return null;
  return addTo(tree, words, text.slice(before.trimEnd().length)) as ReactElement | null;
}

/** Adds to the last text below the node, which must end with these words; null when it does not. */
function addTo(node: ReactNode, words: string, tail: string): ReactNode {
  if (typeof node === "string") return node.endsWith(words) ? node + tail : null;
  if (!isValidElement<Holder>(node) || !openElements.has(node.type)) return null;
  const { children } = node.props;
  if (!Array.isArray(children)) {
    const added = addTo(children, words, tail);
    return added === null ? null : cloneElement(node, { children: added });
  }
  // Lines between the elements of a list are texts of their own.
  const last = children.findLastIndex((child) => child !== "\n");
  const added = addTo(children[last] as ReactNode, words, tail);
  return added === null ? null : cloneElement(node, { children: children.with(last, added) });
}
