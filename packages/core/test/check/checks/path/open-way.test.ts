import { describe, expect, it } from 'vitest';
import { outcomesOf } from '../run-check.js';
import { useOldLink } from '../target/backends.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';
import { the } from './aws-rows.js';
import { edit } from '../edits.js';

const failed = edit({ 'loadBalancers.orders-alb': { active: false, state: 'failed' } });

it('a path that could not be read is reported beside the hop that stops the others', () => {
  const said = (change: (world: World) => void) =>
    outcomesOf(the('path/load-balancer'), awsWorld(change)).map(({ verdict, subject, evidence, remedy }) => ({
      verdict,
      subject,
      names: JSON.stringify([evidence, remedy]).includes('ec2:DescribeSubnets'),
    }));
  const stopped = { verdict: 'fail', subject: 'link eu → target orders', names: false };
  expect(said(failed)).toEqual([stopped]);
  // At the missing address more hops than the load balancer may stop the path.
  const lost = (world: World): void => {
    failed(world);
    const { subnetId } = world.the('interfaces', 'eni-lb-a');
    world.withhold('interfaces', 'ec2:DescribeNetworkInterfaces', 'eni-lb-a');
    world.withhold('subnets', 'ec2:DescribeSubnets', subnetId);
  };
  expect(said(lost)).toEqual([
    stopped,
    { verdict: 'unknown', subject: expect.stringContaining('link eu → target orders (') as string, names: true },
  ]);
});

it('a path that is stopped is reported with the hop that stops it only', () => {
  const outcomes = outcomesOf(
    the('path/security-group'),
    awsWorld((world) => {
      const { rules } = world.the('securityGroups', 'sg-link');
      rules.splice(0, rules.length, {
        direction: 'out',
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        prefixListId: 'pl-gone',
      });
      world.the('securityGroups', 'sg-lb').rules.splice(0);
      world.region.prefixLists = [];
      world.withhold('prefixLists', 'ec2:GetManagedPrefixListEntries', 'pl-gone');
    }),
  );
  expect(outcomes.map(({ verdict }) => verdict)).toEqual(['fail']);
});

describe('facts that were not read', () => {
  const worst = (check: string, world: World): string => {
    const outcomes = outcomesOf(the(check), world);
    return ['fail', 'unknown', 'pass'].find((one) => outcomes.some(({ verdict }) => verdict === one)) ?? 'nothing';
  };
  const unread = (...ids: string[]): World =>
    awsWorld((world) => {
      for (const id of ids) world.withhold('interfaces', 'ec2:DescribeNetworkInterfaces', id);
    });

  it.each([
    ['one interface of a load balancer', ['eni-lb-a']],
    ['each interface of a load balancer', ['eni-lb-a', 'eni-lb-b']],
  ])('%s: the block of its subnet is used instead, all of which is allowed', (_, ids) => {
    expect(worst('path/load-balancer', unread(...ids))).toBe('pass');
    expect(worst('path/security-group', unread(...ids))).toBe('pass');
  });

  it('an address is not reported as outside of the accessible blocks where only a part of its subnet is', () => {
    const accessible = (cidrBlock: string): World =>
      alibabaWorld((world) => {
        for (const { entries } of world.region.allowlists)
          for (const entry of entries) Object.assign(entry, { cidrBlock });
        Object.assign(world.integration, { routes: { 'GET /stock': 'stock' } });
        for (const member of ['addresses', 'scheme'] as const) delete world.the('loadBalancers', 'lb-1')[member];
        // The path then reports what stops it after the block: the list has no entry for the link.
        for (const one of world.region.listeners ?? []) {
          if (one.accessControl !== undefined)
            Object.assign(one.accessControl, { kind: 'allow', cidrBlocks: ['10.9.0.0/16'] });
        }
      });
    expect(worst('path/load-balancer', accessible('10.0.20.0/25'))).toBe('fail');
    expect(worst('path/load-balancer', accessible('10.0.30.0/24'))).toBe('nothing');
  });

  it('names the missing fact of the path from a load balancer to its targets', () => {
    const world = awsWorld((one) => {
      useOldLink(one);
      one.withhold('subnets', 'ec2:DescribeSubnets');
    });
    const [outcome] = outcomesOf(the('path/load-balancer'), world);
    expect(outcome?.verdict).toBe('unknown');
    expect(outcome?.remedy).toContain('ec2:DescribeSubnets');
  });

  it('the return path is unknown where the subnet of a load balancer without network ACL is not known', () => {
    const world = alibabaWorld((one) => {
      one.withhold('subnets', 'vpc:DescribeVSwitches', 'vsw-app');
    });
    const returns = outcomesOf(the('path/return'), world).filter(({ subject }) => subject.includes('stock'));
    expect(returns.map(({ verdict }) => verdict)).toEqual(['unknown']);
  });
});
