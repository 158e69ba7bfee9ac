import { expect, it } from 'vitest';
import { outcomesOf } from '../run-check.js';
import { awsWorld } from '../world.js';
import { the } from './aws-rows.js';

it('two subnets of a link that were not read are two facts that are missing', () => {
  const world = awsWorld(({ withhold }) => {
    for (const id of ['subnet-a', 'subnet-b']) withhold('subnets', 'ec2:DescribeSubnets', id);
  });
  const outcomes = outcomesOf(the('path/link'), world);
  expect(outcomes.map(({ verdict, message }) => [verdict, /subnet-\w/.exec(message)?.[0]])).toEqual([
    ['unknown', 'subnet-a'],
    ['unknown', 'subnet-b'],
  ]);
});
