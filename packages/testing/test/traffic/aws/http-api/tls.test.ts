import { describe, expect, it } from 'vitest';
import { shop } from './shop.js';

/** What callers get of a listener with a certificate for orders.example.com, or without TLS. */
async function answerOf(protocol: 'HTTP' | 'HTTPS', name: string | undefined) {
  const world = await shop();
  const certificate = { DomainName: 'orders.example.com', ValidationMethod: 'DNS' };
  const { CertificateArn } = world.call('acm', 'RequestCertificate', certificate);
  await world.sim.advance(600_000);
  const arn = world.listener(443, {
    Protocol: protocol,
    ...(protocol === 'HTTPS' && { Certificates: [{ CertificateArn }] }),
  });
  const TlsConfig = name === undefined ? undefined : { ServerNameToVerify: name };
  world.route('$default', world.integration({ IntegrationUri: arn, ...(TlsConfig && { TlsConfig }) }));
  world.stage();
  const { status, outcome, because } = await world.get('/');
  return { status, outcome, because };
}

describe('TLS between an HTTP API and a listener', () => {
  it('works with a certificate of the name to verify', async () => {
    expect(await answerOf('HTTPS', 'orders.example.com')).toMatchObject({ status: 200, outcome: 'delivered' });
  });

  it.each([
    ['HTTPS', 'other.example.com', 500, 'No certificate of the listener on port 443 has the name other.example.com.'],
    ['HTTP', 'orders.example.com', 503, 'The listener on port 443 speaks HTTP, and the integration TLS.'],
    ['HTTPS', undefined, 503, 'The listener on port 443 speaks HTTPS, and the integration has no TlsConfig.'],
  ] as const)('fails with %s and the name %s', async (protocol, name, status, because) => {
    expect(await answerOf(protocol, name)).toEqual({ status, outcome: 'unreachable', because });
  });
});
