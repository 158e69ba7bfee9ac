import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { PLANTED_KINDS } from '../../src/aws/planted-form.js';
import { simulate, type Planted } from '../../src/internal/simulation.js';
import { PROVE } from '../../../core/test/runs.js';
import { hosted } from '../hosted.js';

const REGION = 'eu-west-1';
const sim = simulate({ seed: 3 });
const server = hosted(sim);
beforeEach(() => sim.reset());

async function plant(body: unknown, method = 'POST') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${server().url}/_postern/plant`, {
    method,
    ...(method === 'GET' ? {} : { body: text }),
  });
  return { status: response.status, body: (await response.json()) as { id?: string; message?: string } };
}

/** A network with one of everything that something can be planted on. */
async function world() {
  const { ec2, elasticLoadBalancingV2, apiGatewayV2 } = sim.clients(REGION);
  const vpcId = (await ec2.createVpc({ CidrBlock: '10.0.0.0/16' })).Vpc?.VpcId ?? '';
  const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.1.0/24' });
  const subnetId = Subnet?.SubnetId ?? '';
  const networkInterfaceId =
    (await ec2.createNetworkInterface({ SubnetId: subnetId })).NetworkInterface?.NetworkInterfaceId ?? '';
  const endpoint = await ec2.createVpcEndpoint({
    VpcEndpointType: 'Interface',
    VpcId: vpcId,
    ServiceName: `com.amazonaws.vpce.${REGION}.vpce-svc-0aaaaaaaaaaaaaaaa`,
    SubnetIds: [subnetId],
  });
  const vpcEndpointId = endpoint.VpcEndpoint?.VpcEndpointId ?? '';
  const transitGatewayId = (await ec2.createTransitGateway({})).TransitGateway?.TransitGatewayId ?? '';
  const virtualGatewayId = (await ec2.createVpnGateway({ Type: 'ipsec.1' })).VpnGateway?.VpnGatewayId ?? '';
  const customer = await ec2.createCustomerGateway({ Type: 'ipsec.1', BgpAsn: 65_010, IpAddress: '198.51.100.7' });
  const vpn = await ec2.createVpnConnection({
    Type: 'ipsec.1',
    CustomerGatewayId: customer.CustomerGateway?.CustomerGatewayId,
    VpnGatewayId: virtualGatewayId,
  });
  const group = await elasticLoadBalancingV2.createTargetGroup({
    Name: 'orders',
    Protocol: 'TCP',
    Port: 80,
    VpcId: vpcId,
    TargetType: 'ip',
  });
  const targetGroupArn = group.TargetGroups?.[0]?.TargetGroupArn ?? '';
  await elasticLoadBalancingV2.registerTargets({ TargetGroupArn: targetGroupArn, Targets: [{ Id: '10.0.1.9' }] });
  const balancer = await elasticLoadBalancingV2.createLoadBalancer({
    Name: 'orders',
    Type: 'network',
    Scheme: 'internal',
    Subnets: [subnetId],
  });
  await elasticLoadBalancingV2.createListener({
    LoadBalancerArn: balancer.LoadBalancers?.[0]?.LoadBalancerArn,
    Protocol: 'TCP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
  });
  const link = await apiGatewayV2.createVpcLink({ Name: 'main', SubnetIds: [subnetId] });
  const { ApiId: apiId = '' } = await apiGatewayV2.createApi({ Name: 'shop', ProtocolType: 'HTTP' });
  const authorizer = await apiGatewayV2.createAuthorizer({
    ApiId: apiId,
    Name: 'tokens',
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'https://login.example.com', Audience: ['orders'] },
  });
  return {
    apiId,
    authorizerId: authorizer.AuthorizerId ?? '',
    vpcId,
    vpcEndpointId,
    networkInterfaceId,
    transitGatewayId,
    virtualGatewayId,
    vpnConnectionId: vpn.VpnConnection?.VpnConnectionId ?? '',
    targetGroupArn,
    vpcLinkId: link.VpcLinkId ?? '',
  };
}

/** One of each kind, in an order in which each finds what it refers to. */
async function examples(): Promise<readonly Planted[]> {
  const ids = await world();
  const from = { ownerId: '444455556666', vpcId: 'vpc-0a1b2c3d', cidrBlock: '10.9.0.0/16' };
  const vpcPeeringConnectionId = sim.plant(REGION, { kind: 'peering-request', vpcId: ids.vpcId, from });
  const directConnectGatewayId = sim.plant(REGION, { kind: 'direct-connect-gateway' });
  const { networkInterfaceId } = ids;
  return [
    { kind: 'peering-request', vpcId: ids.vpcId, from },
    { kind: 'peering-answer', vpcPeeringConnectionId, answer: 'accept' },
    { kind: 'endpoint-answer', vpcEndpointId: ids.vpcEndpointId, answer: 'accept' },
    { kind: 'transit-attachment-request', transitGatewayId: ids.transitGatewayId, from },
    { kind: 'vpn-device', vpnConnectionId: ids.vpnConnectionId, tunnels: 'UP', announces: ['192.168.0.0/16'] },
    { kind: 'target-health', targetGroupArn: ids.targetGroupArn, targetId: '10.0.1.9', state: 'unhealthy' },
    { kind: 'instance', networkInterfaceId },
    { kind: 'idle-interface', networkInterfaceId },
    { kind: 'link-traffic', vpcLinkId: ids.vpcLinkId },
    { kind: 'authorizer-answer', apiId: ids.apiId, authorizerId: ids.authorizerId, answer: 'deny' },
    { kind: 'prefix', networkInterfaceId, block: '10.0.1.64/28' },
    { kind: 'ipv6-address', networkInterfaceId, address: '2001:db8::7' },
    { kind: 'direct-connect-connection', name: 'line' },
    { kind: 'direct-connect-gateway', amazonSideAsn: 64_600 },
    { kind: 'direct-connect-association', directConnectGatewayId, gatewayId: ids.virtualGatewayId },
    { kind: 'virtual-interface', directConnectGatewayId, announces: ['172.16.0.0/12'], bgp: 'down' },
  ];
}

describe('POST /_postern/plant', () => {
  it('plants every kind, and returns its ID', async () => {
    const all = await examples();
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(PLANTED_KINDS);
    for (const planted of all) {
      expect(await plant({ region: REGION, ...planted }), planted.kind).toEqual({
        status: 200,
        body: { id: expect.stringMatching(/./) },
      });
    }
  });

  it('makes a target unhealthy, and healthy again', async () => {
    const { targetGroupArn } = await world();
    const { elasticLoadBalancingV2 } = sim.clients(REGION);
    const health = async () => {
      const { TargetHealthDescriptions = [] } = await elasticLoadBalancingV2.describeTargetHealth({
        TargetGroupArn: targetGroupArn,
      });
      return TargetHealthDescriptions[0]?.TargetHealth;
    };
    await sim.advance(300_000);
    const before = await health();
    const target = { region: REGION, kind: 'target-health', targetGroupArn, targetId: '10.0.1.9' };
    await plant({ ...target, state: 'unhealthy', reason: 'Target.FailedHealthChecks' });
    expect(await health()).toMatchObject({ State: 'unhealthy', Reason: 'Target.FailedHealthChecks' });
    await plant(target);
    expect(await health()).toEqual(before);
  });

  it.each<[unknown, string | RegExp]>([
    ['{', 'The body is no JSON.'],
    ['null', 'The body is an object with "region" and "kind".'],
    ['[]', 'The body is an object with "region" and "kind".'],
    [{}, '"region" is a string, such as "eu-west-1".'],
    [{ region: 'mars-1', kind: 'instance' }, '"mars-1" is not a region in which something can be planted.'],
    [
      { region: 'cn-hangzhou', kind: 'instance' },
      /^"kind" is one of apig-deletions, certificate, custom-domain, .*\.$/,
    ],
    [{ region: 'us-east-1', kind: 'group-move', groupId: 'none' }, 'There is no API group none.'],
    [
      { region: 'cn-hangzhou', kind: 'custom-domain', groupId: 'g', name: 'a b' },
      '"name" of custom-domain is a host name.',
    ],
    [{ region: REGION }, `"kind" is one of ${PLANTED_KINDS.join(', ')}.`],
    [{ region: REGION, kind: 'nothing' }, `"kind" is one of ${PLANTED_KINDS.join(', ')}.`],
    [{ region: REGION, kind: '__proto__' }, `"kind" is one of ${PLANTED_KINDS.join(', ')}.`],
    [{ region: REGION, kind: 'instance' }, '"networkInterfaceId" of instance is a string of 1 to 2,048 characters.'],
    [{ region: REGION, kind: 'instance', networkInterfaceId: 'eni-1' }, 'There is no eni-1.'],
    [
      { region: REGION, kind: 'link-traffic', vpcLinkId: 'x', often: 1 },
      'link-traffic has no "often"; it has vpcLinkId.',
    ],
    [
      `{"region":"${REGION}","kind":"link-traffic","vpcLinkId":"x","__proto__":{}}`,
      'link-traffic has no "__proto__"; it has vpcLinkId.',
    ],
    [
      { region: REGION, kind: 'vpn-device', vpnConnectionId: 'x', tunnels: 'up' },
      '"tunnels" of vpn-device is one of UP, DOWN.',
    ],
    [
      { region: REGION, kind: 'virtual-interface', announces: ['10.0.0.0/33'] },
      '"announces" of virtual-interface is a list of CIDR blocks.',
    ],
    [{ region: REGION, kind: 'prefix', networkInterfaceId: 'x', block: '::::' }, '"block" of prefix is a CIDR block.'],
    [
      { region: REGION, kind: 'peering-request', vpcId: 'x', from: { ownerId: 1, vpcId: 'x', cidrBlock: 'x' } },
      /^"from" of peering-request is an object of "ownerId"/,
    ],
  ])('refuses %j', async (body, message) => {
    const answer = await plant(body);
    expect(answer.status).toBe(400);
    if (typeof message === 'string') expect(answer.body.message).toBe(message);
    else expect(answer.body.message).toMatch(message);
  });

  it.each(['GET', 'PUT', 'DELETE'])('%s is answered with 405', async (method) => {
    expect(await plant({}, method)).toEqual({
      status: 405,
      body: { code: 'BadControlCall', message: '/_postern/plant takes POST.' },
    });
  });

  it('answers any input with 200 or with 400 and a message, and the world continues', async () => {
    const all = await examples();
    const known = all.flatMap((one) => Object.values(one)).filter((value) => typeof value === 'string');
    const value = fc.oneof(
      fc.constantFrom(...known, '10.0.0.0/8', '2001:db8::/32', '0.0.0.0/0', 'UP', 'accept', 'available'),
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(['10.0.0.0/8'], [], { ownerId: '444455556666', vpcId: 'vpc-0a1b2c3d', cidrBlock: '10.9.0.0/16' }),
    );
    const body = fc.constantFrom(...all).chain((one) =>
      fc.record(
        {
          region: fc.oneof({ weight: 9, arbitrary: fc.constant(REGION) }, fc.jsonValue({ maxDepth: 1 })),
          kind: fc.oneof({ weight: 9, arbitrary: fc.constant(one.kind) }, value),
          ...Object.fromEntries(
            Object.entries(one)
              .filter(([name]) => name !== 'kind')
              .map(([name, good]) => [name, fc.oneof({ weight: 4, arbitrary: fc.constant(good) }, value)]),
          ),
          further: value,
        },
        { requiredKeys: ['region', 'kind'] },
      ),
    );
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 9, arbitrary: body }, fc.jsonValue()), async (input) => {
        const answer = await plant(input);
        statuses.add(answer.status);
        expect([200, 400]).toContain(answer.status);
        if (answer.status === 400) expect(answer.body.message).toMatch(/^.+\.$/s);
        else expect(answer.body.id).toMatch(/./);
      }),
      { numRuns: PROVE ? 5_000 : 300, seed: 7 },
    );
    expect([...statuses].toSorted()).toEqual([200, 400]);
    const { ec2 } = sim.clients(REGION);
    await Promise.all([
      ec2.describeNetworkInterfaces({}),
      ec2.describeVpcPeeringConnections({}),
      ec2.describeVpnConnections({}),
    ]);
    const links = (await sim.clients(REGION).apiGatewayV2.getVpcLinks({})).Items ?? [];
    expect(sim.connects(links[0]?.VpcLinkId ?? '', '10.0.1.9', 80)).toHaveProperty('because');
    await sim.advance(86_400_000);
    expect(() => sim.load(JSON.parse(JSON.stringify(sim.world())))).not.toThrow();
  });
});
