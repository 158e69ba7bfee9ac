import { describe, expect, it } from 'vitest';
import { patchRow } from '../../../patch-row.js';
import { INTERNAL, openShop, restShop, seen, type RestShop } from './rest-shop.js';

const TIMED_OUT = '{"message": "Endpoint request timed out"}';
const BROKEN = '{"message": "Network error communicating with endpoint"}';

/** An answer, and the simulated milliseconds that it took. */
async function timed(shop: RestShop, path = '/prod/pets') {
  const before = shop.sim.clock.now();
  return { answer: await shop.get(path), ms: shop.sim.clock.now() - before };
}

/** The integration of a link of either version. */
const by = (shop: RestShop, kind: string) =>
  kind === 'V1' ? { connectionId: shop.v1 } : { connectionId: shop.v2, integrationTarget: shop.alb };

async function opened(kind: string, more: object = {}) {
  const shop = await restShop({ clock: 'auto' });
  shop.method('GET /pets', { ...by(shop, kind), ...more });
  shop.deploy();
  return shop;
}

describe.each(['V1', 'V2'])('through a %s link', (kind) => {
  it('a call is delivered, and the trace names its way', async () => {
    const shop = await opened(kind);
    const { answer, ms } = await timed(shop);
    expect([answer.status, answer.outcome, ms]).toEqual([200, 'delivered', 0]);
    expect(answer.trace).toMatchObject({
      gateway: shop.restApiId,
      route: 'GET /pets',
      stage: 'prod',
      link: kind === 'V1' ? shop.v1 : shop.v2,
      target: `${shop.server}:8080`,
    });
    expect(JSON.parse(answer.body)).toMatchObject({ backend: 'echo', source: answer.trace.source, path: '/pets' });
  });

  it('truth 13: slower than the timeout is 504 with 41 bytes after it', async () => {
    const shop = await opened(kind, { timeoutInMillis: 3000 });
    shop.sim.backends.add({ address: shop.server, port: 8080, behavior: { delayMs: 3001 } });
    const { answer, ms } = await timed(shop);
    expect(seen(answer)).toEqual([504, TIMED_OUT, 'InternalServerErrorException']);
    expect([answer.bytes.length, answer.outcome, ms]).toEqual([41, 'timeout', 3000]);
    shop.sim.backends.add({ address: shop.server, port: 8080, behavior: { delayMs: 2999 } });
    expect((await timed(shop)).answer.outcome).toBe('delivered');
  });

  it('truth 14: what cannot be reached is 500 with 36 bytes after ten seconds', async () => {
    const uri = 'http://orders.internal:8081/pets'; // no listener
    const shop = await opened(kind, { uri });
    const { answer, ms } = await timed(shop);
    expect(seen(answer)).toEqual([500, INTERNAL, 'InternalServerErrorException']);
    expect([answer.bytes.length, answer.outcome, ms]).toEqual([36, 'no-listener', 10_000]);
    const hasty = await timed(await opened(kind, { uri, timeoutInMillis: 500 }));
    expect([hasty.answer.status, hasty.answer.body, hasty.ms]).toEqual([504, TIMED_OUT, 500]);
  });

  it('truth 14: a link that does not exist is 500 with 36 bytes at once', async () => {
    const shop = await restShop({ clock: 'auto' });
    const literal = kind === 'V1' ? {} : { integrationTarget: shop.alb };
    shop.method('GET /pets', { connectionId: '${stageVariables.link}', ...literal });
    shop.deploy('prod', { variables: { link: 'gone12' } });
    const { answer, ms } = await timed(shop);
    expect(seen(answer)).toEqual([500, INTERNAL, 'InternalServerErrorException']);
    expect([answer.bytes.length, answer.outcome, ms]).toEqual([36, 'link-missing', 0]);
  });
});

it('truth 14: a broken connection is 504 with 56 bytes', async () => {
  const shop = await opened('V1');
  shop.sim.backends.add({ address: shop.server, port: 8080, behavior: { reset: true } });
  const { answer } = await timed(shop);
  expect(seen(answer)).toEqual([504, BROKEN, 'InternalServerErrorException']);
  expect([answer.bytes.length, answer.outcome]).toEqual([56, 'reset']);
});

it.each([
  ['in the URI', 'host', { uri: 'http://${stageVariables.host}/pets' }],
  ['in the connection ID', 'link', { connectionId: '${stageVariables.link}', integrationTarget: undefined }],
])('truth 14: a stage variable that is missing %s is 500 with 36 bytes', async (_, variable, integration) => {
  const shop = await restShop({ clock: 'auto' });
  shop.method('GET /pets', integration);
  shop.deploy();
  const { answer, ms } = await timed(shop);
  expect([...seen(answer), answer.bytes.length]).toEqual([500, INTERNAL, 'InternalServerErrorException', 36]);
  expect([answer.outcome, ms]).toEqual(['no-integration', 0]);
  expect(answer.because).toBe(`Stage variable ${variable} is not set.`);
});

it('a link that is PENDING is 500, and serves calls once it is AVAILABLE', async () => {
  const shop = await restShop();
  const link = { Name: 'late', SubnetIds: shop.subnetIds, SecurityGroupIds: [shop.groupId] };
  const { VpcLinkId } = shop.call('apigatewayv2', 'CreateVpcLink', link);
  shop.method('GET /pets', { connectionId: '${stageVariables.link}', integrationTarget: shop.alb });
  shop.deploy('prod', { variables: { link: VpcLinkId } });
  expect(await shop.get('/prod/pets')).toMatchObject({ status: 500, body: INTERNAL, outcome: 'link-pending' });
  await shop.sim.advance(600_000);
  expect(await shop.get('/prod/pets')).toMatchObject({ status: 200, outcome: 'delivered' });
});

/** A listener asks callers for a certificate. */
const VERIFIES = { MutualAuthentication: { Mode: 'verify' } };

describe('TLS', () => {
  async function secured(host: string, scheme = 'https', verifies = false) {
    const shop = await restShop({ clock: 'auto' });
    const request = {
      DomainName: 'orders.internal',
      SubjectAlternativeNames: ['*.shop.internal'],
      ValidationMethod: 'DNS',
    };
    const { CertificateArn } = shop.call('acm', 'RequestCertificate', request);
    await shop.sim.advance(600_000);
    const [{ TargetGroupArn }] = shop.elb('DescribeTargetGroups', { Names: ['orders'] }).TargetGroups;
    const more = { Certificates: [{ CertificateArn }] };
    const [{ ListenerArn }] = shop.listener(shop.alb, 443, 'HTTPS', TargetGroupArn, more).Listeners;
    const tlsConfig = { insecureSkipVerification: true };
    shop.method('GET /pets', { uri: `${scheme}://${host}:443/pets`, ...by(shop, 'V2'), tlsConfig });
    shop.deploy();
    if (verifies) patchRow(shop.sim, 'ListenerArn', ListenerArn, VERIFIES);
    return timed(shop);
  }

  it.each(['orders.internal', 'a.shop.internal'])('the certificate is for %s', async (host) => {
    expect((await secured(host)).answer.outcome).toBe('delivered');
  });

  it.each(['carts.internal', 'a.b.shop.internal'])('truth 14: no certificate is for %s: 500 at once', async (host) => {
    const { answer, ms } = await secured(host);
    expect([...seen(answer), ms]).toEqual([500, INTERNAL, 'InternalServerErrorException', 0]);
    expect(answer.because).toMatch(/^No certificate of the listener on port 443 is for /);
  });

  it('the listener verifies client certificates: 500 at once', async () => {
    const { answer, ms } = await secured('orders.internal', 'https', true);
    expect([...seen(answer), ms]).toEqual([500, INTERNAL, 'InternalServerErrorException', 0]);
    expect(answer.because).toBe('The listener on port 443 of orders requires a client certificate.');
  });

  it('a stage presents its client certificate to a network load balancer, until it ends', async () => {
    const shop = await restShop({ clock: 'auto' });
    const { CertificateArn } = shop.call('acm', 'RequestCertificate', {
      DomainName: 'orders.internal',
      ValidationMethod: 'DNS',
    });
    await shop.sim.advance(600_000);
    const bundle = { CaCertificatesBundleS3Bucket: 'shop', CaCertificatesBundleS3Key: 'gateways.pem' };
    const [{ TrustStoreArn }] = shop.elb('CreateTrustStore', { Name: 'gateways', ...bundle }).TrustStores;
    const [{ TargetGroupArn }] = shop.elb('DescribeTargetGroups', { Names: ['carts'] }).TargetGroups;
    shop.listener(shop.nlb, 443, 'TLS', TargetGroupArn, {
      Certificates: [{ CertificateArn }],
      MutualAuthentication: { Mode: 'verify', TrustStoreArn },
    });
    shop.method('GET /pets', {
      uri: 'https://orders.internal:443/pets',
      ...by(shop, 'V1'),
      tlsConfig: { insecureSkipVerification: true },
    });
    shop.deploy();
    const required = 'The listener on port 443 of carts requires a client certificate.';
    expect((await timed(shop)).answer).toMatchObject({ status: 500, because: required });
    const { clientCertificateId } = shop.call('apigateway', 'GenerateClientCertificate');
    shop.stage('/clientCertificateId', clientCertificateId);
    expect((await timed(shop)).answer).toMatchObject({ status: 200, outcome: 'delivered' });
    await shop.sim.advance(366 * 86_400_000);
    expect((await timed(shop)).answer).toMatchObject({
      status: 500,
      because: 'The client certificate that the listener on port 443 of carts verifies has expired.',
    });
    shop.stage('/clientCertificateId', '');
    expect((await timed(shop)).answer.because).toBe(required);
  });

  it('a URI without TLS does not fit the listener: the load balancer answers', async () => {
    const { answer } = await secured('orders.internal', 'http');
    expect([answer.status, answer.because]).toEqual([
      400,
      'The listener on port 443 of orders expects HTTPS, and the call is plain HTTP.',
    ]);
  });
});

describe('a V1 link, and an application load balancer behind its network load balancer', () => {
  async function behind(
    inner: 'HTTP' | 'HTTPS',
    scheme: 'http' | 'https',
    { host = 'orders.internal', verifies = false } = {},
  ) {
    const shop = await restShop({ clock: 'auto' });
    const { CertificateArn } = shop.call('acm', 'RequestCertificate', {
      DomainName: 'orders.internal',
      ValidationMethod: 'DNS',
    });
    await shop.sim.advance(600_000);
    const [{ TargetGroupArn, VpcId }] = shop.elb('DescribeTargetGroups', { Names: ['orders'] }).TargetGroups;
    const more = inner === 'HTTPS' ? { Certificates: [{ CertificateArn }] } : {};
    const [{ ListenerArn }] = shop.listener(shop.alb, 443, inner, TargetGroupArn, more).Listeners;
    const group = { Name: 'inner', Protocol: 'TCP', Port: 443, VpcId, TargetType: 'alb' };
    const [{ TargetGroupArn: through }] = shop.elb('CreateTargetGroup', group).TargetGroups;
    shop.elb('RegisterTargets', { TargetGroupArn: through, Targets: [{ Id: shop.alb }] });
    shop.listener(shop.nlb, 443, 'TCP', through);
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    shop.ec2('AuthorizeSecurityGroupIngress', { GroupId: shop.groupId, IpPermissions });
    await shop.sim.advance(600_000);
    shop.method('GET /pets', { uri: `${scheme}://${host}:443/pets`, ...by(shop, 'V1') });
    shop.deploy();
    if (verifies) patchRow(shop.sim, 'ListenerArn', ListenerArn, VERIFIES);
    return timed(shop);
  }

  it.each([
    ['HTTPS', 'https', 200],
    ['HTTP', 'http', 200],
    ['HTTPS', 'http', 400],
    ['HTTP', 'https', 500],
  ] as const)('a listener for %s, and a URI with %s: %i at once', async (inner, scheme, status) => {
    const { answer, ms } = await behind(inner, scheme);
    expect([answer.status, ms]).toEqual([status, 0]);
  });

  it('the inner listener verifies client certificates: 500 at once', async () => {
    const { answer, ms } = await behind('HTTPS', 'https', { verifies: true });
    expect([answer.status, ms]).toEqual([500, 0]);
    expect(answer.because).toContain('The listener on port 443 of orders requires a client certificate.');
  });

  it('the certificate is that of the inner listener', async () => {
    const { answer } = await behind('HTTPS', 'https', { host: 'carts.internal' });
    expect([answer.status, answer.because]).toEqual([
      500,
      'No certificate of the listener on port 443 is for carts.internal: they are for orders.internal, orders.internal.',
    ]);
  });
});

it('an answer of more than 10 MB is not passed on', async () => {
  const shop = await openShop();
  const body = 'x'.repeat(10 * 1024 * 1024 + 1);
  shop.sim.backends.add({ address: shop.server, port: 8080, behavior: { body } });
  expect(await shop.get('/prod')).toMatchObject({ status: 500, body: INTERNAL, outcome: 'too-large' });
});
