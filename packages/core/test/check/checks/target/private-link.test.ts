import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { BALANCER } from '../aws-region.js';
import { restV1World, webSocketWorld, newV1World } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { useOldLink } from './backends.js';
import { type World, aws } from '../world.js';

const targetPrivateLink = named('target/private-link');

describe('target/private-link', () => {
  const enforced = (to: boolean | undefined) => (world: World) => {
    useOldLink(world);
    Object.assign(world.the('loadBalancers', BALANCER), { privateLinkEnforced: to });
  };
  /** The load balancer enforces its groups, whose inbound rules allow these blocks. */
  const inbound =
    (privateLinkEnforced: boolean | undefined, ...cidrBlocks: readonly string[]) =>
    ({ the }: World) => {
      Object.assign(the('loadBalancers', BALANCER), { privateLinkEnforced });
      the('securityGroups', 'sg-lb').rules = cidrBlocks.map((cidrBlock) => ({
        direction: 'in',
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrBlock,
      }));
    };
  checkTable(targetPrivateLink, [
    { why: 'off', world: aws(enforced(false)), verdict: 'pass' },
    {
      why: 'on: the address of the gateway is not known',
      world: aws(enforced(true)),
      verdict: 'fail',
      code: 'RULES_ALLOW_NONE',
      severity: 'error',
      evidence: [BALANCER],
    },
    { why: 'not reported', world: aws(enforced(undefined)), verdict: 'unknown', code: 'SETTING_NOT_READ' },
    {
      why: 'on: no rule allows the port from an address',
      world: () => restV1World(inbound(true)),
      verdict: 'fail',
      code: 'RULES_ALLOW_NONE',
      says: ['no rule of theirs allows port 443'],
    },
    {
      why: 'on: rules allow the port from some addresses',
      world: () => restV1World(inbound(true, '10.0.0.0/8')),
      verdict: 'fail',
      code: 'ENFORCED',
    },
    {
      why: 'on: a rule allows the port from every address',
      world: () => restV1World(inbound(true, '0.0.0.0/0')),
      verdict: 'pass',
      says: ['allow port 443 from every address'],
    },
    { why: 'off: the rules do not matter', world: () => restV1World(inbound(false)), verdict: 'pass' },
    {
      why: 'not reported: a rule allows the port from every address',
      world: () => webSocketWorld(inbound(undefined, '0.0.0.0/0')),
      verdict: 'pass',
    },
    {
      why: 'on: the rules could not be read',
      world: () =>
        restV1World((world) => {
          inbound(true, '0.0.0.0/0')(world);
          world.withhold('securityGroups', 'ec2:DescribeSecurityGroups');
        }),
      verdict: 'unknown',
      code: 'RULES_NOT_READ',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
    {
      why: 'on: a link that is to be created',
      world: () => newV1World(inbound(true)),
      verdict: 'fail',
      code: 'RULES_ALLOW_NONE',
    },
    {
      why: 'no groups',
      world: aws((world) => {
        enforced(true)(world);
        world.the('loadBalancers', BALANCER).securityGroupIds = [];
      }),
      verdict: 'pass',
    },
    { why: 'V2 links do not use PrivateLink', world: aws(), verdict: 'nothing' },
  ]);
});
