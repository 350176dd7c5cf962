// A process for tests: what it is told to be decides what it does.
const behaviour = process.argv[2];

process.on("message", (message) => {
  if (message === "exit") process.exit(3);
  process.send?.(message);
});
if (behaviour === "deaf") {
  process.on("SIGTERM", () => undefined);
  process.send?.("deaf now");
  for (;;) Math.sqrt(2);
}
if (behaviour === "dies") process.exit(7);
process.send?.("ready");
