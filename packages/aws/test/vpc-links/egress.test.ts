import { describe, expect, it } from 'vitest';
import { interfaceOwners } from '../../src/networks/network-interface.js';
import { networkRow } from '../../src/vpc-links/source-addresses.js';
import { OWNER, simulated } from '../world/simulated.js';
import { httpApi, vpcLink } from '../world/refs.js';

describe('egress', () => {
  it('has the addresses of the link’s own interfaces, and the blocks of its subnets', async () => {
    const { driver, ctx, link, settle, call, world } = await simulated();
    const { id } = await link();
    await settle();
    const egress = await driver.egress(vpcLink(id), ctx);
    const { Subnets } = call('ec2', 'DescribeSubnets', { SubnetIds: world.subnetIds.slice(0, 2) });
    expect(egress.prefixes.toSorted()).toEqual(
      Subnets.map(({ CidrBlock }: { CidrBlock: string }) => CidrBlock).toSorted(),
    );
    expect(egress).toMatchObject({ linkId: id, stability: 'momentary', securityGroupIds: world.securityGroupIds });
    expect(egress.addresses).toHaveLength(2);
  });

  it('has no addresses of an inactive link, and the same blocks', async () => {
    const { driver, ctx, link, settle, simulation } = await simulated();
    const { id } = await link();
    await settle();
    const before = await driver.egress(vpcLink(id), ctx);
    await simulation.advance(61 * 24 * 3_600_000);
    expect(await driver.links.statuses([vpcLink(id)], ctx)).toMatchObject([
      { state: 'inactive', nativeState: 'INACTIVE' },
    ]);
    expect(await driver.egress(vpcLink(id), ctx)).toMatchObject({ addresses: [], prefixes: before.prefixes });
  });

  it('reports the source that each target sees, from the target groups and their attributes', async () => {
    const { driver, ctx, link, settle, call, world } = await simulated();
    const { id } = await link();
    await settle();
    const elb = (operation: string, input: object): any => call('elasticloadbalancingv2', operation, { ...input });
    const { LoadBalancers } = elb('DescribeLoadBalancers', { Names: ['orders-nlb'] });
    const group = (Name: string, TargetType: string, attributes: object[] = []) => {
      const { TargetGroups } = elb('CreateTargetGroup', {
        Name,
        Protocol: 'TCP',
        Port: 80,
        VpcId: world.networkId,
        TargetType,
      });
      const TargetGroupArn: string = TargetGroups[0].TargetGroupArn;
      if (attributes.length > 0) elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes: attributes });
      return TargetGroupArn;
    };
    const listener = (Port: number, TargetGroupArn: string): string =>
      elb('CreateListener', {
        LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
        Protocol: 'TCP',
        Port,
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }).Listeners[0].ListenerArn;
    const expected = new Map<string, string>([
      [listener(8081, group('instances', 'instance')), 'link'],
      [listener(8082, group('addresses', 'ip')), 'load-balancer'],
      [listener(8083, group('kept', 'ip', [{ Key: 'preserve_client_ip.enabled', Value: 'true' }])), 'link'],
      [
        listener(8084, group('hidden', 'instance', [{ Key: 'preserve_client_ip.enabled', Value: 'false' }])),
        'load-balancer',
      ],
      [(await driver.targets.resolve(world.targets[0], {}, ctx)).id, 'load-balancer'],
    ]);
    let count = 0;
    for (const arn of expected.keys()) {
      const target = await driver.targets.resolve({ listener: arn }, {}, ctx);
      count += 1;
      await driver.routes.create(
        {
          gateway: httpApi(world.gateway.id),
          key: `GET /${count}`,
          link: vpcLink(id),
          use: { target, path: 'overwrite' },
          owner: OWNER,
        },
        ctx,
      );
    }
    const { seenBy } = await driver.egress(vpcLink(id), ctx);
    expect(new Map(seenBy.map(({ target, source }) => [target, source]))).toEqual(expected);
    const { egress } = await driver.observe({ gateways: [world.gateway.ref], egress: true }, ctx);
    expect(egress[0]?.seenBy).toEqual(seenBy);
  });

  it('reports the targets of REST APIs, by load balancer and port', async () => {
    const { driver, ctx, link, settle, world, call } = await simulated();
    const { id } = await link();
    await settle();
    const { id: target, resourceId } = await driver.targets.resolve(world.targets[0]!, {}, ctx);
    const { id: restApiId, rootResourceId: rootId } = call('apigateway', 'CreateRestApi', { name: 'shop' });
    const method = { restApiId, resourceId: rootId, httpMethod: 'GET' };
    call('apigateway', 'PutMethod', { ...method, authorizationType: 'NONE' });
    call('apigateway', 'PutIntegration', {
      ...method,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: 'http://orders.internal/',
      connectionType: 'VPC_LINK',
      connectionId: id,
      integrationTarget: resourceId,
    });
    expect((await driver.egress(vpcLink(id), ctx)).seenBy).toMatchObject([{ target, source: 'load-balancer' }]);
  });

  it('describes each kind of target for a link without routes, or whose target groups may not be read', async () => {
    const { driver, ctx, link, settle, simulation, world } = await simulated();
    const { id } = await link();
    await settle();
    expect((await driver.egress(vpcLink(id), ctx)).seenBy.map(({ target }) => target)).toContain('Cloud Map service');
    const target = await driver.targets.resolve(world.targets.at(-1)!, {}, ctx);
    await driver.routes.create(
      {
        gateway: httpApi(world.gateway.id),
        key: 'GET /a',
        link: vpcLink(id),
        use: { target, path: 'overwrite' },
        owner: OWNER,
      },
      ctx,
    );
    simulation.faults.add({ operation: 'DescribeTargetGroups', kind: 'deny' });
    const { seenBy } = await driver.egress(vpcLink(id), ctx);
    expect(seenBy.map(({ source }) => source)).toEqual(['link', 'load-balancer']);
  });
});

describe('interfaceOwners', () => {
  const a = { id: 'aaaaaa', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
  const b = { id: 'bbbbbb', subnetIds: ['subnet-1'], securityGroupIds: ['sg-2'] };
  const twin = { ...a, id: 'cccccc' };
  const one = (groups: readonly string[], tag?: string) => ({
    NetworkInterfaceId: 'eni-1',
    VpcId: 'vpc-1',
    SubnetId: 'subnet-1',
    Groups: groups.map((GroupId) => ({ GroupId })),
    TagSet: tag === undefined ? [] : [{ Key: 'VpcLinkId', Value: tag }],
  });

  it.each([
    ['its tag', one(['sg-1'], 'cccccc'), [a, b, twin], 'cccccc'],
    ['an ARN in its tag', one(['sg-1'], 'arn:aws:apigateway:eu-west-1::/vpclinks/cccccc'), [a, b, twin], 'cccccc'],
    ['its group, without a tag', one(['sg-2']), [a, b], 'bbbbbb'],
    ['its group, with a tag that has no ID', one(['sg-2'], 'managed by API Gateway'), [a, b], 'bbbbbb'],
    ['nothing, where two links share subnet and groups', one(['sg-1']), [a, twin], undefined],
    ['nothing, where the tag names a link that does not exist', one(['sg-1'], 'dddddd'), [a], undefined],
    ['nothing, with other groups', one(['sg-3']), [a, b], undefined],
  ])('finds its link by %s', (_, networkInterface, links, id) => {
    expect(interfaceOwners(links)(networkInterface)).toBe(id);
  });
});

it.each([
  ['instance', 'TCP', undefined, 'link'],
  ['instance', 'TCP', false, 'load-balancer'],
  ['ip', 'TCP', undefined, 'load-balancer'],
  ['ip', 'TLS', undefined, 'load-balancer'],
  ['ip', 'TCP_UDP', undefined, 'link'],
  ['ip', 'TCP', true, 'link'],
  ['alb', 'TCP', false, 'link'],
] as const)(
  'networkRow: of %s targets with %s and preservation %s is seen as %s',
  (TargetType, Protocol, preserves, source) => {
    expect(networkRow('l', { group: { TargetGroupName: 'group', TargetType, Protocol }, preserves })).toMatchObject({
      source,
    });
  },
);
