import { expect, test } from "vitest";
import { readTestNetwork } from "./test-network.ts";

test("without its variables nothing about the network is changed", () => {
  expect(readTestNetwork({})).toEqual({});
});

test("a named host is connected to on this machine, any other where it is", () => {
  const { connectTo, timeout } = readTestNetwork({
    QWILL_TEST_HOSTS: "model.example=127.0.0.1:4431 other.example=localhost:4432",
    QWILL_TEST_TIMEOUT: "500",
  });
  expect(connectTo?.("model.example")).toEqual({ hostname: "127.0.0.1", port: "4431" });
  expect(connectTo?.("other.example")).toEqual({ hostname: "localhost", port: "4432" });
  expect(connectTo?.("third.example")).toBeNull();
  expect(timeout).toBe(500);
});

test("no test sends a host's calls to another machine", () => {
  expect(() => readTestNetwork({ QWILL_TEST_HOSTS: "model.example=192.0.2.1:443" })).toThrow("loopback");
});
