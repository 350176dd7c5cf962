/** The real library process on plain Node: its line to main is the channel of a Node child. */
Object.defineProperty(process, "parentPort", {
  value: {
    postMessage: (message: unknown) => process.send?.(message),
    on: (_name: "message", listener: (event: { data: unknown; ports: [] }) => void) =>
      process.on("message", (data) => listener({ data, ports: [] })),
  },
});
// Its host gone, it has nobody left to serve.
process.on("disconnect", () => process.exit(0));
void import("../index.ts");
