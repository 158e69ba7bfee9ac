import { describe, expect, it } from 'vitest';
import { patchRow } from '../../../patch-row.js';
import { shop } from './shop.js';

/** A listener asks callers for a certificate. */
const VERIFIES = { MutualAuthentication: { Mode: 'verify' } };

/** What callers get of a listener with a certificate for orders.example.com, or without TLS. */
async function answerOf(protocol: 'HTTP' | 'HTTPS', name: string | undefined, verifies = false) {
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
  if (verifies) patchRow(world.sim, 'ListenerArn', arn, VERIFIES);
  const { status, outcome, because } = await world.get('/');
  return { status, outcome, because };
}

describe('TLS between an HTTP API and a listener', () => {
  it('works with a certificate of the name to verify', async () => {
    expect(await answerOf('HTTPS', 'orders.example.com')).toMatchObject({ status: 200, outcome: 'delivered' });
  });

  it.each([
    ['HTTPS', 'other.example.com', 500, 'No certificate of the listener on port 443 has the name other.example.com.'],
    ['HTTP', 'orders.example.com', 503, 'The listener on port 443 of shop expects plain HTTP, and the call is TLS.'],
    ['HTTPS', undefined, 400, 'The listener on port 443 of shop expects HTTPS, and the call is plain HTTP.'],
  ] as const)('fails with %s and the name %s', async (protocol, name, status, because) => {
    expect(await answerOf(protocol, name)).toEqual({ status, outcome: 'unreachable', because });
  });
});

it('a listener that verifies client certificates establishes no session: 503', async () => {
  expect(await answerOf('HTTPS', 'orders.example.com', true)).toEqual({
    status: 503,
    outcome: 'unreachable',
    because: 'The listener on port 443 of shop requires a client certificate.',
  });
});

/** How the application load balancer is a target of the network load balancer. */
type Form = 'alb' | 'ip';

interface Behind {
  readonly form: Form;
  /** Of the inner listener. */
  readonly inner: 'HTTP' | 'HTTPS';
  /** The name that the integration verifies; undefined for plain HTTP. */
  readonly name?: string | undefined;
  /** The inner listener verifies client certificates. */
  readonly verifies?: boolean | undefined;
  /** Of the outer listener and its target group. */
  readonly outer?: readonly ['TCP' | 'TLS', 'TCP' | 'TLS'];
}

/** What callers get of an application load balancer behind a network load balancer, and how long that takes. */
async function behind({ form, inner, name, verifies, outer = ['TCP', 'TCP'] }: Behind) {
  const world = await shop({ clock: 'auto' });
  const { call, elb, ec2, sim, listenerArn } = world;
  const certificate = { DomainName: 'orders.example.com', ValidationMethod: 'DNS' };
  const { CertificateArn } = call('acm', 'RequestCertificate', certificate);
  await sim.advance(600_000);
  const Certificates = [{ CertificateArn }];
  const listener = world.listener(443, { Protocol: inner, ...(inner === 'HTTPS' && { Certificates }) });
  const [{ LoadBalancerArn: alb }] = elb('DescribeListeners', { ListenerArns: [listenerArn] }).Listeners;
  const [{ VpcId, AvailabilityZones }] = elb('DescribeLoadBalancers', { LoadBalancerArns: [alb] }).LoadBalancers;
  const Subnets = AvailabilityZones.map((zone: { readonly SubnetId: string }) => zone.SubnetId);
  const front = { Name: 'front', Type: 'network', Scheme: 'internal', Subnets, SecurityGroups: [world.groupId] };
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', front).LoadBalancers;
  const [Protocol, sends] = outer;
  const group = { Name: 'inner', Protocol: sends, Port: 443, VpcId, TargetType: form };
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', group).TargetGroups;
  const Filters = [{ Name: 'description', Values: [`ELB ${alb.split(':loadbalancer/')[1]}`] }];
  const own: readonly { readonly PrivateIpAddress: string }[] = ec2('DescribeNetworkInterfaces', {
    Filters,
  }).NetworkInterfaces;
  const Targets = form === 'alb' ? [{ Id: alb }] : own.map(({ PrivateIpAddress: Id }) => ({ Id }));
  elb('RegisterTargets', { TargetGroupArn, Targets });
  const [{ ListenerArn }] = elb('CreateListener', {
    LoadBalancerArn,
    Protocol,
    Port: 443,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    ...(Protocol === 'TLS' && { Certificates }),
  }).Listeners;
  await sim.advance(600_000);
  const TlsConfig = name === undefined ? {} : { TlsConfig: { ServerNameToVerify: name } };
  world.route('$default', world.integration({ IntegrationUri: ListenerArn, ...TlsConfig }));
  world.stage();
  if (verifies === true) patchRow(sim, 'ListenerArn', listener, VERIFIES);
  const before = sim.clock.now();
  const { status, outcome, because, body } = await world.get('/');
  return { status, outcome, because, body, ms: sim.clock.now() - before };
}

describe.each<Form>(['alb', 'ip'])('an application load balancer behind a network load balancer, by %s', (form) => {
  it.each<[string, Omit<Behind, 'form'>]>([
    ['TLS arrives at HTTPS', { inner: 'HTTPS', name: 'orders.example.com' }],
    ['plain HTTP arrives at HTTP', { inner: 'HTTP' }],
  ])('gets calls: %s', async (_, given) => {
    expect(await behind({ form, ...given })).toMatchObject({ status: 200, outcome: 'delivered' });
  });

  it('answers plain HTTP on a port for HTTPS with a page', async () => {
    expect(await behind({ form, inner: 'HTTPS' })).toMatchObject({
      status: 400,
      outcome: 'unreachable',
      because: expect.stringContaining(
        'The listener on port 443 of shop expects HTTPS, and the call is plain HTTP.',
      ) as string,
      body: expect.stringContaining('The plain HTTP request was sent to HTTPS port') as string,
    });
  });

  it('has no answer to TLS on a port for HTTP: the gateway knows at once', async () => {
    expect(await behind({ form, inner: 'HTTP', name: 'orders.example.com' })).toMatchObject({
      status: 503,
      outcome: 'unreachable',
      because: expect.stringContaining(
        'The listener on port 443 of shop expects plain HTTP, and the call is TLS.',
      ) as string,
      ms: 0,
    });
  });

  it('establishes no session where it verifies client certificates: the gateway knows at once', async () => {
    const { body, ...answer } = await behind({ form, inner: 'HTTPS', name: 'orders.example.com', verifies: true });
    expect(answer).toMatchObject({
      status: 503,
      outcome: 'unreachable',
      because: expect.stringContaining('The listener on port 443 of shop requires a client certificate.') as string,
      ms: 0,
    });
    expect(JSON.parse(body)).toEqual({ message: 'Service Unavailable' });
  });

  it('presents its own certificate', async () => {
    expect(await behind({ form, inner: 'HTTPS', name: 'other.example.com' })).toMatchObject({
      status: 500,
      because: 'No certificate of the listener on port 443 has the name other.example.com.',
    });
  });
});

it.each<[string, Omit<Behind, 'form' | 'name'>, number]>([
  ['TLS to HTTPS', { inner: 'HTTPS', outer: ['TLS', 'TLS'] }, 200],
  ['TCP to HTTP', { inner: 'HTTP', outer: ['TLS', 'TCP'] }, 200],
  ['TCP to HTTPS', { inner: 'HTTPS', outer: ['TLS', 'TCP'] }, 400],
  ['TLS to HTTP', { inner: 'HTTP', outer: ['TLS', 'TLS'] }, 503],
  ['TLS without a certificate', { inner: 'HTTPS', verifies: true, outer: ['TLS', 'TLS'] }, 503],
])(
  'an application load balancer behind a listener for TLS: gets what the target group sends: %s',
  async (_, given, status) => {
    expect((await behind({ form: 'ip', name: 'orders.example.com', ...given })).status).toBe(status);
  },
);
