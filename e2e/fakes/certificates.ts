import { generate } from "selfsigned";

/** PEM texts of one made-up authority and of what it signed; none of it outlives the test. */
export interface FakeCertificates {
  readonly authority: string;
  readonly server: { readonly certificate: string; readonly key: string };
  readonly client: { readonly certificate: string; readonly key: string };
}

/**
 * Makes an authority, a certificate for loopback (and for the hosts it stands in for) and a client certificate,
 * valid from yesterday for a week.
 */
export async function makeCertificates(hosts: readonly string[] = []): Promise<FakeCertificates> {
  const day = 24 * 60 * 60 * 1000;
  const dates = { notBeforeDate: new Date(Date.now() - day), notAfterDate: new Date(Date.now() + 7 * day) };
  const usual = { ...dates, keyType: "ec", algorithm: "sha256" } as const;
  const authority = await generate([{ name: "commonName", value: "Fake Authority" }], {
    ...usual,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  const signer = { key: authority.private, cert: authority.cert };
  const server = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    ...usual,
    ca: signer,
    extensions: [
      { name: "basicConstraints", cA: false },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          ...hosts.map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  const client = await generate([{ name: "commonName", value: "fake client" }], {
    ...usual,
    ca: signer,
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true },
      { name: "extKeyUsage", clientAuth: true },
    ],
  });
  return {
    authority: authority.cert,
    server: { certificate: server.cert, key: server.private },
    client: { certificate: client.cert, key: client.private },
  };
}
