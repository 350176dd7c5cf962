import type { Plugin } from "vite";

/** The part of a bundler's output that is looked at. */
type Bundle = Readonly<Record<string, { readonly type: string; readonly moduleIds?: readonly string[] }>>;

/** Ends the build when a package came into the window's code: it is large, and one import by value brings it in. */
export function withoutPackage(name: string): Plugin {
  return {
    name: `qwill-without-${name}`,
    apply: "build",
    generateBundle(_options, bundle) {
      const file = fileWith(name, bundle);
      if (file !== null)
        this.error(
          `${file} has ${name} in it: the window takes lists and types from core/contract, no schemas`,
        );
    },
  };
}

/** The first file of a build's output that has modules of a package in it; null where none has. */
export function fileWith(name: string, bundle: Bundle): string | null {
  const isOf = (id: string): boolean => id.replaceAll("\\", "/").includes(`/node_modules/${name}/`);
  return Object.entries(bundle).find(([, one]) => one.moduleIds?.some(isOf))?.[0] ?? null;
}
