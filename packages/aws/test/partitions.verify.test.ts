import { createContext } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { expect, it } from 'vitest';
import { aws } from '../src/index.js';
import { vpcLink } from './world/refs.js';

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x' };

/** The SDK's own endpoints, with the simulator behind them: nothing leaves the process. */
it.each([
  ['eu-west-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('in %s the endpoints and ARNs of partition %s are used', async (region, partition) => {
  const simulation = simulate({ seed: 7, clock: 'auto' });
  const interception = await simulation.intercept();
  try {
    const ec2 = (operation: string, input: object): any =>
      simulation.call({ service: 'ec2', operation, region }, input);
    const [vpc] = ec2('DescribeVpcs', {}).Vpcs;
    const subnetIds: string[] = ec2('DescribeSubnets', {}).Subnets.map(
      ({ SubnetId }: { SubnetId: string }) => SubnetId,
    );
    const driver = aws({ region, credentials });
    const ctx = createContext({ clock: simulation.clock });
    expect((await driver.identity(ctx)).arn).toMatch(new RegExp(`^arn:${partition}:`));

    const owner = { project: 'shop', spec: 'shop', integration: 'orders' };
    const request = { name: 'orders', owner, subnetIds: subnetIds.slice(0, 1), securityGroupIds: [], tags: {} };
    const { id } = await driver.links.create('vpc-link-v2', request, ctx);
    await driver.linkChanges.tag(vpcLink(id), { team: 'payments' }, ctx);
    expect(await driver.links.find({ kind: 'vpc-link-v2', owner }, ctx)).toMatchObject({
      id,
      networkId: vpc.VpcId,
      tags: { team: 'payments' },
    });
    const { gaps, links } = await driver.observe({ all: true }, ctx);
    expect(gaps).toEqual([]);
    expect(links).toHaveLength(1);
  } finally {
    await interception.restore();
  }
});
