import { createServer, type Plugin } from "vite";
import { stylesOfPage } from "./styles-of-page.ts";

/** What `renderer/prerender.tsx` gives. */
interface Prerenderer {
  readonly prerender: (emptyPage: string) => Promise<{ name: string; html: string }[]>;
}

/** The part of a bundler's output that is looked at. */
type Bundle = Readonly<
  Record<
    string,
    {
      readonly type: string;
      readonly source?: string | Uint8Array;
    }
  >
>;

/**
 * Adds to a built window the pages that come with the desk drawn, made by the window's own code. They bring the
 * styles along that they are painted with: one answer of main is all that the first painting waits for. The desk's code
 * is not fetched ahead: it would be compiled while the page is painted.
 */
export function prerenderedPages(root: string): Plugin {
  return {
    name: "qwill-prerendered-pages",
    apply: "build",
    enforce: "post",
    async generateBundle(_options, bundle) {
      for (const { name, html } of await prerender(root, text(bundle, "index.html")))
        this.emitFile({ type: "asset", fileName: name, source: withOwnStyles(html, bundle) });
    },
  };
}

/** The pages that `renderer/prerender.tsx` makes of the empty one. `root`: the window's folder. */
export async function prerender(root: string, emptyPage: string): Promise<{ name: string; html: string }[]> {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: "error",
    server: { middlewareMode: true, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const renderer = (await server.ssrLoadModule("/prerender.tsx")) as unknown as Prerenderer;
    return await renderer.prerender(emptyPage);
  } finally {
    await server.close();
  }
}

/** The page with what it needs of its style sheets in it; the whole ones come below what is painted first. */
function withOwnStyles(page: string, bundle: Bundle): string {
  const links: string[] = [];
  const styled = page.replaceAll(/<link rel="stylesheet"[^>]* href="\.\/([^"]+)">/g, (link, file: string) => {
    links.push(link);
    return `<style>${stylesOfPage(text(bundle, file), page)}</style>`;
  });
  return styled.replace("</body>", `${links.join("")}</body>`);
}

function text(bundle: Bundle, file: string): string {
  const asset = bundle[file];
  if (asset?.source === undefined) throw new Error(`the window's build has no ${file}`);
  return typeof asset.source === "string" ? asset.source : new TextDecoder().decode(asset.source);
}
