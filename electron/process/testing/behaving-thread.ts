// A thread for tests: what it is told to be decides what it does.
import { threadPort } from "../thread-port.ts";

const behaviour = process.argv[2];
const port = threadPort();

port.listen((message) => {
  if (message === "exit") process.exit(3);
  port.post(message);
});
if (behaviour === "deaf") {
  port.post("deaf now");
  for (;;) Math.sqrt(2);
}
if (behaviour === "dies") process.exit(7);
port.post("ready");
