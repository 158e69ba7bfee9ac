import { expect, it } from 'vitest';
import { BALANCER } from '../aws-region.js';
import { outcomesOf } from '../run-check.js';
import { awsWorld, type World } from '../world.js';
import { the } from './aws-rows.js';

const failed = ({ the: named }: World): void => {
  Object.assign(named('loadBalancers', BALANCER), { active: false, state: 'failed' });
};

it('a way that nobody can follow is told beside what stops the others', () => {
  const said = (change: (world: World) => void) =>
    outcomesOf(the('path/load-balancer'), awsWorld(change)).map(({ verdict, subject, evidence, remedy }) => ({
      verdict,
      subject,
      names: JSON.stringify([evidence, remedy]).includes('ec2:DescribeNetworkInterfaces'),
    }));
  const stopped = { verdict: 'fail', subject: 'link eu → target orders', names: false };
  expect(said(failed)).toEqual([stopped]);
  // Behind the missing interface there may be more in the way than the load balancer.
  const lost = (world: World): void => {
    failed(world);
    world.withhold('interfaces', 'ec2:DescribeNetworkInterfaces', 'eni-lb-a');
  };
  expect(said(lost)).toEqual([
    stopped,
    { verdict: 'unknown', subject: expect.stringContaining('link eu → target orders (') as string, names: true },
  ]);
});

it('a way that is stopped is told by what stops it alone', () => {
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
