import { describe, expect, test } from "vitest";
import { isLoopback, reachOfHost } from "./address-reach.ts";

const reachOf = (address: string) => reachOfHost(new URL(address).hostname);

describe("how far text goes to a host", () => {
  test.each([
    ["this machine", "device", ["http://127.0.0.1", "http://127.1", "http://2130706433", "http://[::1]"]],
    ["this machine by name", "device", ["http://localhost:8000", "http://LOCALHOST"]],
    ["private IPv4", "organisation", ["https://10.0.0.1", "https://192.168.1.2", "https://172.31.0.1"]],
    ["private IPv6", "organisation", ["https://[fd12::1]", "https://[fe80::1]", "https://[febf::1]"]],
    ["a reserved name", "organisation", ["https://gpu.local", "https://a.b.internal", "https://x.home.arpa"]],
    ["a name without a dot", "organisation", ["https://gpu", "https://qwen-server"]],
    [
      "a country code, which may have an address",
      "cloud",
      ["https://ai/v1", "https://AI./v1", "https://xn--fiqs8s"],
    ],
    [
      "a public name",
      "cloud",
      ["https://api.example.com", "https://llm.corp.example", "https://local.example"],
    ],
    [
      "a name that begins like an address",
      "cloud",
      ["https://127.0.0.1.evil.example", "https://10.evil.example"],
    ],
    [
      "a public IPv4",
      "cloud",
      ["https://8.8.8.8", "https://172.32.0.1", "https://100.64.0.1", "https://0.0.0.0"],
    ],
    ["a public IPv6", "cloud", ["https://[2001:db8::1]", "https://[::ffff:8.8.8.8]", "https://[fec0::1]"]],
    [
      "a private address in a public form",
      "cloud",
      ["https://[::ffff:10.0.0.1]", "https://[::ffff:127.0.0.1]"],
    ],
  ] as const)("%s: %s", (_name, reach, addresses) => {
    expect(addresses.map((address) => [address, reachOf(address)])).toEqual(
      addresses.map((address) => [address, reach]),
    );
  });

  test("a name that only ends like a private one is public", () => {
    expect(reachOf("https://evil-local")).toBe("organisation");
    expect(reachOf("https://evillocal.example")).toBe("cloud");
    expect(isLoopback("localhost.evil.example")).toBe(false);
    // Some resolvers ask the network for the name with a dot.
    expect(isLoopback("localhost.")).toBe(false);
  });
});
