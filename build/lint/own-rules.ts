interface Node {
  readonly type: string;
  readonly callee?: Node & { readonly property?: { readonly name?: string } };
  readonly arguments?: readonly Node[];
}

interface Context {
  report(problem: { readonly node: Node; readonly message: string }): void;
}

/** `array.push(...other)` puts every element on the stack: some hundred thousand overflow it. */
const noSpreadIntoPush = {
  create: (context: Context) => ({
    CallExpression: (node: Node) => {
      const { callee, arguments: given = [] } = node;
      const name = callee?.type === "MemberExpression" ? callee.property?.name : undefined;
      if ((name === "push" || name === "unshift") && given.some(({ type }) => type === "SpreadElement"))
        context.report({
          node,
          message: "Spreading into push overflows the stack at some 100,000 elements: use a loop, or concat.",
        });
    },
  }),
};

/** Rules of our own; oxlint takes them from a default export. */
export default { meta: { name: "qwill" }, rules: { "no-spread-into-push": noSpreadIntoPush } };
