import { defineConfig } from "oxlint";
import { arrows } from "./build/lint/arrows.ts";

const tests = ["**/*.test.ts", "**/*.test.tsx", "**/testing/**", "e2e/**", "bench/**"];

export default defineConfig({
  plugins: ["eslint", "typescript", "unicorn", "oxc", "import", "react", "jsx-a11y", "promise", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  jsPlugins: ["./build/lint/own-rules.ts"],
  ignorePatterns: ["out/**", ".cache/**", "node_modules/**", "**/fixtures/**/*.js"],
  rules: {
    "eslint/max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
    "eslint/no-empty": ["error", { allowEmptyCatch: false }],
    "eslint/no-shadow": "off",
    "eslint/no-await-in-loop": "off",
    "eslint/no-underscore-dangle": "off",
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/no-default-export": "error",
    "import/no-unassigned-import": "off",
    "react/react-in-jsx-scope": "off",
    "promise/always-return": "off",
    "qwill/no-spread-into-push": "error",
    "qwill/no-sql-text": "error",
    "typescript/await-thenable": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    // Code points are what is wanted where a string is spread.
    "typescript/no-misused-spread": "off",
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/require-array-sort-compare": ["error", { ignoreStringArrays: true }],
    "typescript/no-unnecessary-condition": "off",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "unicorn/filename-case": ["error", { case: "kebabCase" }],
    // The compiler knows better where a switch over a union ends.
    "typescript/consistent-return": "off",
    "unicorn/no-array-sort": "off",
    "unicorn/no-array-reverse": "off",
    "unicorn/consistent-function-scoping": "off",
    // A contract suite asks only what the capabilities promise, and takes its name from its caller.
    "vitest/no-conditional-expect": "off",
    "vitest/no-standalone-expect": "off",
    "vitest/valid-title": "off",
    "vitest/valid-describe-callback": "off",
    "vitest/expect-expect": ["error", { assertFunctionNames: ["expect", "expect*", "providerContract"] }],
    "vitest/valid-expect": ["error", { maxArgs: 2 }],
    "vitest/require-mock-type-parameters": "off",
  },
  overrides: [
    // Rows of which only those in sight exist are no HTML table; the React compiler is not in use.
    {
      files: ["renderer/**"],
      rules: { "jsx-a11y/prefer-tag-over-role": "off", "react/incompatible-library": "off" },
    },
    {
      files: ["*.config.ts", "renderer/**/*.d.ts", "build/lint/own-rules.ts"],
      rules: { "import/no-default-export": "off" },
    },
    // A page of migrations or a table of prices is data; a test file may hold a whole suite.
    {
      files: [...tests, "**/*-catalogue.ts", "**/prices.ts", "renderer/app/languages/**"],
      rules: { "eslint/max-lines": "off" },
    },
    // Lists of a test's own making are short, and a test may look behind the store.
    { files: tests, rules: { "qwill/no-spread-into-push": "off", "qwill/no-sql-text": "off" } },
    { files: ["core/store/**"], rules: { "qwill/no-sql-text": "off" } },
    ...arrows(tests),
  ],
});
