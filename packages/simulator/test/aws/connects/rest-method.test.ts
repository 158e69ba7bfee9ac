import { describe, expect, it } from 'vitest';
import { forwarding } from '../forwarding.js';
import { ALL, allow, closeEgress, connectedWorld, REGION, SERVER, verdict } from './world.js';

const ACCOUNT = '111122223333';

type Row = Readonly<Record<string, any>>;

/**
 * A REST API with the method `GET /orders` through the V2 link of the world, straight to a load balancer across zones,
 * whose listener on port 80 forwards to the server.
 */
async function scene(Type: 'application' | 'network' = 'application') {
  const world = await connectedWorld();
  const { call, elb, subnets, vpcId, groups, sim, linkId } = world;
  const rest = (operation: string, input: Row = {}): any => call('apigateway', operation, input);
  const front = world.group(vpcId, 'front');
  const frontRules = allow(world.ec2, 'in', front, { UserIdGroupPairs: [{ GroupId: groups.link }] });
  const {
    LoadBalancerArn: balancer,
    ListenerArn,
    TargetGroupArn,
  } = forwarding(elb, {
    Type,
    VpcId: vpcId,
    Subnets: [subnets.back, subnets.back2],
    SecurityGroups: [front],
    Targets: [SERVER],
    isCrossZone: true,
  });
  await sim.advance(600_000);
  const { id: restApiId, rootResourceId: parentId } = rest('CreateRestApi', { name: 'shop' });
  const { id: resourceId } = rest('CreateResource', { restApiId, parentId, pathPart: 'orders' });
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  rest('PutMethod', { ...method, authorizationType: 'NONE' });
  const put = (more: Row = {}) =>
    rest('PutIntegration', {
      ...method,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: 'http://orders.example.com/internal',
      connectionType: 'VPC_LINK',
      connectionId: linkId,
      integrationTarget: balancer,
      ...more,
    });
  put();
  return {
    ...world,
    world,
    rest,
    put,
    restApiId,
    balancer: balancer as string,
    ListenerArn,
    TargetGroupArn,
    front,
    frontRules,
    /** The method of the working copy. */
    working: { targetId: `arn:aws:apigateway:${REGION}::/restapis/${restApiId}/resources/${resourceId}/methods/GET` },
    /** The method of the stage `prod`. */
    deployed: { targetId: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${restApiId}/prod/GET/orders` },
    verdict: (targetId: string) => verdict(world, { targetId }, 'its own'),
  };
}

describe.each(['application', 'network'] as const)(
  'a method with a V2 link straight to a load balancer: %s',
  (type) => {
    it('reaches the server, from every interface of the link to every node', async () => {
      const { connects, working, balancer } = await scene(type);
      const reach = connects(working);
      expect(reach).toMatchObject({ connects: true, by: 'listener' });
      expect(
        reach.sources.map(({ from, to, port }) => [from.startsWith('10.0.'), to.startsWith('10.0.'), port]),
      ).toEqual(Array.from({ length: 4 }, () => [true, true, 80]));
      expect(connects({ targetId: balancer }, 80).connects).toBe(true);
    });

    it.each<[string, string, (all: Awaited<ReturnType<typeof scene>>) => unknown]>([
      [
        'security-group-out',
        'the link’s group allows nothing outbound',
        ({ world }) => closeEgress(world, world.groups.link),
      ],
      [
        'security-group-in',
        'the load balancer’s group does not allow the link',
        ({ ec2, front, frontRules }) =>
          ec2('RevokeSecurityGroupIngress', { GroupId: front, SecurityGroupRuleIds: frontRules }),
      ],
      [
        'security-group-in',
        'the server’s group does not allow the load balancer',
        ({ ec2, groups, rules }) =>
          ec2('RevokeSecurityGroupIngress', { GroupId: groups.server, SecurityGroupRuleIds: rules.server }),
      ],
      [
        'security-group-out',
        'the port of the URI is another one',
        ({ put, world, ec2 }) => {
          closeEgress(world, world.groups.link);
          allow(ec2, 'out', world.groups.link, { IpRanges: [{ CidrIp: ALL }] });
          put({ uri: 'https://orders.example.com/internal' });
        },
      ],
    ])('is stopped by %s: %s', async (by, _, change) => {
      const all = await scene(type);
      await change(all);
      expect(all.verdict(all.working.targetId)).toBe(`no: ${by}`);
    });

    it('is stopped where the load balancer has no listener on the port of the URI', async () => {
      const { put, connects, working, ec2, front, groups } = await scene(type);
      const peer = { FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: groups.link }] };
      allow(ec2, 'in', front, peer);
      put({ uri: 'https://orders.example.com/internal' });
      expect(connects(working)).toMatchObject({
        connects: false,
        by: 'listener',
        sources: [{ port: 443 }, {}, {}, {}],
      });
      put({ uri: 'http://orders.example.com:443/internal' });
      expect(connects(working)).toMatchObject({ connects: false, by: 'listener' });
    });
  },
);

describe('a method with a V2 link', () => {
  it('calls with the path and the host of its URI, which a rule of the listener decides by', async () => {
    const { elb, ListenerArn, put, verdict: of, working } = await scene();
    const refuse = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
    elb('CreateRule', {
      ListenerArn,
      Priority: 1,
      Conditions: [
        { Field: 'path-pattern', Values: ['/internal*'] },
        { Field: 'host-header', Values: ['orders.example.com'] },
      ],
      Actions: refuse,
    });
    expect(of(working.targetId)).toBe('no: listener-rule');
    put({ uri: 'http://orders.example.com/public/{proxy}' });
    expect(of(working.targetId)).toBe('yes');
    put({ uri: 'http://carts.example.com/internal' });
    expect(of(working.targetId)).toBe('yes');
  });

  it('calls what is deployed on a stage, with the variables of the stage', async () => {
    const { rest, restApiId, put, linkId, verdict: of, working, deployed } = await scene();
    put({ connectionId: '${stageVariables.link}', uri: 'http://${stageVariables.host}:80/internal' });
    const variables = { link: linkId, host: 'orders.example.com' };
    rest('CreateDeployment', { restApiId, stageName: 'prod', variables });
    put({ connectionId: '${stageVariables.link}', uri: 'http://orders.example.com:8080/' });
    expect(of(deployed.targetId)).toBe('yes');
    expect(of(working.targetId)).toBe('no: link');
    const unset = { op: 'remove', path: '/variables/link' };
    rest('UpdateStage', { restApiId, stageName: 'prod', patchOperations: [unset] });
    expect(of(deployed.targetId)).toBe('no: link');
  });

  it('calls through its own link only', async () => {
    const { sim, call, subnets, working, linkId } = await scene();
    const { VpcLinkId } = call('apigatewayv2', 'CreateVpcLink', { Name: 'other', SubnetIds: [subnets.a] });
    await sim.advance(600_000);
    expect(sim.connects(VpcLinkId as string, working)).toMatchObject({
      connects: false,
      by: 'link',
      because: `${working.targetId} has VPC link ${linkId}, not ${VpcLinkId as string}.`,
    });
  });

  it.each([
    ['no: link', { connectionType: 'INTERNET', connectionId: undefined, integrationTarget: undefined }],
    ['no: target', { connectionId: '${stageVariables.link}', integrationTarget: undefined }],
  ])('is %s with %j', async (expected, integration) => {
    const { rest, restApiId, put, linkId, verdict: of, deployed } = await scene();
    put(integration);
    rest('CreateDeployment', { restApiId, stageName: 'prod', variables: { link: linkId } });
    expect(of(deployed.targetId)).toBe(expected);
  });

  it('does not exist under another ARN', async () => {
    const { verdict: of, working, deployed } = await scene();
    expect(of(working.targetId.replace('GET', 'POST'))).toBe('no: target');
    expect(of(deployed.targetId)).toBe('no: target');
  });
});

it('a method with a V1 link calls the load balancer of the link, whatever its URI says', async () => {
  const { rest, sim, put, balancer, working, elb } = await scene('network');
  elb('SetSecurityGroups', {
    LoadBalancerArn: balancer,
    SecurityGroups: elb('DescribeLoadBalancers').LoadBalancers[0].SecurityGroups,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
  });
  const { id } = rest('CreateVpcLink', { name: 'shop', targetArns: [balancer] });
  await sim.advance(600_000);
  put({ connectionId: id, integrationTarget: undefined });
  expect(sim.connects(id as string, working)).toMatchObject({ connects: true, sources: [{ from: '' }, { from: '' }] });
});
