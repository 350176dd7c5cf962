import { expect, onTestFinished, test } from "vitest";
import { makeCertificates } from "../../../e2e/fakes/certificates.ts";
import { startProviderFake } from "../../../e2e/fakes/provider-fake.ts";
import { networkFailure } from "./network-failure.ts";
import { makeTransport, type Certificates } from "./transport.ts";

const failed = (code: string) => networkFailure(Object.assign(new Error("of the system"), { code }));

test.each([
  "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
  "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE",
  "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA",
])(
  "a client certificate that a server misses is told as such, not as a server that nobody trusts: %s",
  (code) => {
    expect(failed(code)).toMatchObject({
      code: "provider-certificate",
      facts: { system: code, reason: "client-certificate" },
    });
    expect(failed("SELF_SIGNED_CERT_IN_CHAIN")).not.toMatchObject({ facts: { reason: expect.anything() } });
  },
);

test("a server that closes without a word, where no client certificate is given, is told with that guess", async () => {
  const { authority, server, client } = await makeCertificates(["localhost"]);
  const fake = await startProviderFake("sglang", {
    tls: { certificate: server.certificate, key: server.key, clientAuthority: authority },
  });
  const statusWith = async (certificates: Certificates): Promise<number> => {
    const carrier = makeTransport({
      certificatesFor: () => certificates,
      firstByteTimeout: 5000,
      idleTimeout: 5000,
    });
    try {
      const address = `${fake.baseUrl}/models`;
      const { signal } = new AbortController();
      const reply = await carrier.transport(address, { method: "GET", headers: {} }, signal);
      return reply.status;
    } catch (error) {
      throw networkFailure(error);
    } finally {
      await carrier.close();
    }
  };
  onTestFinished(() => fake.close());
  await expect(statusWith({ authority })).rejects.toMatchObject({
    code: "provider-network",
    facts: { reason: "closed-unanswered" },
  });
  const own = { authority, clientCertificate: client.certificate, clientKey: client.key };
  expect(await statusWith(own)).toBeGreaterThan(0);
});
