interface Node {
  readonly type: string;
  readonly callee?: Node & { readonly property?: { readonly name?: string } };
  readonly arguments?: readonly Node[];
  /** Of a literal; of the first piece of a template, `{ raw }`. */
  readonly value?: unknown;
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
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

const statement =
  /^\s*(?:SELECT\s|INSERT (?:OR \w+ )?INTO\s|UPDATE \w+ SET\s|DELETE FROM\s|(?:CREATE|DROP|ALTER) (?:VIRTUAL )?(?:TABLE|INDEX|TRIGGER)\s|PRAGMA\s)/;

/** A text that is a statement, whoever it is handed to: the other rules know a database by its name. */
const noSqlText = {
  create: (context: Context) => {
    const look = (node: Node, text: unknown): void => {
      if (typeof text === "string" && statement.test(text))
        context.report({ node, message: "Every line of SQL stands in core/store." });
    };
    return {
      Literal: (node: Node) => look(node, node.value),
      TemplateLiteral: (node: Node) => look(node, node.quasis?.[0]?.value.raw),
    };
  },
};

/** Rules of our own; oxlint takes them from a default export. */
export default {
  meta: { name: "qwill" },
  rules: { "no-spread-into-push": noSpreadIntoPush, "no-sql-text": noSqlText },
};
