import type { CommandLine, Session } from "electron";

/**
 * Features of Chromium that open connections by themselves. Rule S4: from start to quit nothing but
 * loopback and unix sockets; the end-to-end trace is the proof, this list is the means.
 */
const featuresOff = [
  "AsyncDns",
  "AutofillServerCommunication",
  "CertificateTransparencyComponentUpdater",
  "DialMediaRouteProvider",
  "DnsOverHttps",
  "DnsHttpssvc",
  "EnableTLS13EarlyData",
  "GlobalMediaControls",
  "HappyEyeballsV3",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PreconnectToSearch",
  "SafeBrowsing",
  "SpellcheckService",
  "Translate",
  "WebRtcHideLocalIpsWithMdns",
  "WinUseBrowserSpellChecker",
];

/** Switches without a value, and with one. */
const switches: readonly (readonly [string, string?])[] = [
  ["disable-background-networking"],
  ["disable-component-update"],
  ["disable-domain-reliability"],
  ["disable-sync"],
  ["disable-default-apps"],
  ["disable-breakpad"],
  ["disable-quic"],
  ["disable-http2"],
  ["dns-prefetch-disable"],
  ["no-pings"],
  ["no-proxy-server"],
  ["no-default-browser-check"],
  ["no-first-run"],
  ["force-webrtc-ip-handling-policy", "disable_non_proxied_udp"],
  // Chromium's own stack resolves nothing: main reaches the network through the gate, not through it.
  ["host-resolver-rules", "MAP * ~NOTFOUND"],
];

/** Must run before `ready`. */
export function quietChromium(commandLine: CommandLine): void {
  for (const [name, value] of switches) {
    if (value === undefined) commandLine.appendSwitch(name);
    else commandLine.appendSwitch(name, value);
  }
  const before = commandLine.getSwitchValue("disable-features");
  commandLine.appendSwitch("disable-features", [...(before ? [before] : []), ...featuresOff].join(","));
}

/** What can only be said to a session: no dictionary is ever looked up. */
export function quietSession(session: Session): void {
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerDictionaryDownloadURL("app://qwill/no-dictionaries/");
  session.setSpellCheckerLanguages([]);
}
