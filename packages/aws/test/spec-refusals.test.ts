import { CLOUDS, parseSpec } from '../../core/test/clouds.js';
import { driversOf, isPosternError, type PosternError } from '@postern/core/internal/library';
import { diff, observeSpec } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { edit, simulated } from './world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

interface Words {
  readonly account?: string;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly api: string;
  readonly listener: string;
  readonly tls?: string;
}

const LINES = { account: 6, subnets: 7, groups: 8, gateway: 12, target: 13 };

/** One member per line, so that the line of a place names the member. */
const yaml = ({ account = '111122223333', subnets, groups, api, listener, tls = '' }: Words): string => `version: 1
project: shop
defaults: { region: eu-west-1 }
links:
  eu: { provider: aws,
    account: '${account}',
    subnets: [${subnets.join(', ')}],
    securityGroups: [${groups.join(', ')}] }
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${api} }
    targets: { orders: { listener: ${listener}${tls} } }
    routes: { 'ANY /orders': orders }
`;

async function planned(cloud: Cloud, words: Partial<Words>): Promise<PosternError> {
  const { world, driver, ctx } = cloud;
  const text = yaml({
    subnets: world.subnetIds.slice(0, 2),
    groups: world.securityGroupIds,
    api: world.gateway.id,
    listener: '{ loadBalancer: orders-alb, port: 80 }',
    ...words,
  });
  try {
    const spec = parseSpec(text, { file: 'postern.yaml' });
    diff(await observeSpec(spec, driversOf(driver), ctx), spec, { clouds: CLOUDS });
  } catch (error) {
    if (isPosternError(error)) return error;
    throw error;
  }
  return expect.fail('not refused');
}

describe('a spec that is not valid on AWS', () => {
  it.each<[string, string, keyof typeof LINES, (cloud: Cloud) => Partial<Words>]>([
    ['another account', 'WRONG_ACCOUNT', 'account', () => ({ account: '444455556666' })],
    ['an API that does not exist', 'NOT_FOUND', 'gateway', () => ({ api: 'zzzzzzzzzz' })],
    ['a subnet that does not exist', 'NOT_FOUND', 'subnets', () => ({ subnets: ['subnet-00000000000000000'] })],
    [
      'subnets of two VPCs',
      'SUBNETS_OF_SEVERAL_NETWORKS',
      'subnets',
      ({ world }) => ({ subnets: [world.subnetIds[0] ?? '', world.elsewhere.subnetIds[0] ?? ''] }),
    ],
    [
      'a load balancer that does not exist',
      'NOT_FOUND',
      'target',
      () => ({ listener: '{ loadBalancer: nowhere, port: 80 }' }),
    ],
    [
      'a port without a listener',
      'NOT_FOUND',
      'target',
      () => ({ listener: '{ loadBalancer: orders-alb, port: 81 }' }),
    ],
    [
      'a target in another VPC',
      'WRONG_NETWORK',
      'target',
      () => ({ listener: '{ loadBalancer: elsewhere-alb, port: 80 }' }),
    ],
    [
      'a load balancer where a listener is expected',
      'WRONG_KIND',
      'target',
      ({ call }) => ({
        listener: call('elasticloadbalancingv2', 'DescribeLoadBalancers', { Names: ['orders-alb'] }).LoadBalancers[0]
          .LoadBalancerArn,
      }),
    ],
    [
      'tls on a listener for plain HTTP',
      'INVALID_INPUT',
      'target',
      () => ({
        tls: ', tls: { serverName: orders.internal }',
        listener: '{ loadBalancer: orders-alb, port: 8080 }',
      }),
    ],
    [
      'a listener of another region',
      'WRONG_REGION',
      'target',
      () => ({
        listener:
          'arn:aws:elasticloadbalancing:eu-west-2:111122223333:listener/app/orders-alb/50dc6c495c0c9188/f2f7dc8efc522ab2',
      }),
    ],
  ])('%s: %s, with its place and a remedy', async (_, code, place, words) => {
    const cloud = await simulated();
    const before = JSON.stringify(cloud.simulation.world().clouds);
    const error = await planned(cloud, words(cloud));
    expect(error).toMatchObject({ code, place: { file: 'postern.yaml', line: LINES[place] } });
    expect(error.place?.column).toBeGreaterThan(0);
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
    expect(JSON.stringify(cloud.simulation.world().clouds)).toBe(before);
  });

  it('a zone that serves no links: names the suitable subnets', async () => {
    const cloud = await simulated();
    const { world, simulation, call } = cloud;
    const [wrong = '', fit = ''] = world.subnetIds;
    const zone: string = call('ec2', 'DescribeSubnets', { SubnetIds: [wrong] }).Subnets[0].AvailabilityZoneId;
    edit(simulation, (json) => json.replaceAll(`"${zone}"`, '"euw3-az2"'));
    const error = await planned(cloud, {});
    expect(error).toMatchObject({ code: 'ZONE_NOT_SERVED', place: { line: LINES.subnets } });
    expect(error.remedy).toContain(fit);
    expect(error.remedy).not.toContain(`${wrong} `);
  });

  it('a full quota of ten links', async () => {
    const cloud = await simulated({ throttle: false });
    for (let index = 0; index < 10; index += 1) {
      cloud.call('apigatewayv2', 'CreateVpcLink', { Name: 'x', SubnetIds: cloud.world.subnetIds.slice(0, 1) });
    }
    const error = await planned(cloud, {});
    expect(error).toMatchObject({ code: 'QUOTA_EXCEEDED', place: { file: 'postern.yaml' } });
    expect(error.place?.line).toBeGreaterThan(0);
    expect(error.remedy).toContain('L-608BDCD4');
  });
});
