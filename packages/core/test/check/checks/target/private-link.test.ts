import { named } from '../all-checks.js';
import { BALANCER } from '../aws-region.js';
import { newV1World, webSocket, restV1 } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { useOldLink } from './backends.js';
import { type World, aws, withhold } from '../world.js';

const targetPrivateLink = named('target/private-link');

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
checkTable(targetPrivateLink, {
  off: [aws(enforced(false)), 'pass NOT_ENFORCED'],
  'on: the address of the gateway is not known': [
    aws(enforced(true)),
    'error RULES_ALLOW_NONE',
    { evidence: BALANCER },
  ],
  'not reported': [aws(enforced(undefined)), 'unknown SETTING_NOT_READ'],
  'not reported of an application load balancer, which such a link cannot call': [
    aws((world) => {
      enforced(undefined)(world);
      Object.assign(world.the('loadBalancers', BALANCER), { kind: 'application' });
    }),
    'nothing',
  ],
  'on: no rule allows the port from an address': [
    restV1(inbound(true)),
    'error RULES_ALLOW_NONE',
    'no rule of theirs allows port 443',
  ],
  'on: rules allow the port from some addresses': [restV1(inbound(true, '10.0.0.0/8')), 'error ENFORCED'],
  'on: a rule allows the port from every address': [
    restV1(inbound(true, '0.0.0.0/0')),
    'pass RULES_ALLOW_ALL',
    'allow port 443 from every address',
  ],
  'off: the rules do not matter': [restV1(inbound(false)), 'pass NOT_ENFORCED'],
  'not reported: a rule allows the port from every address': [
    webSocket(inbound(undefined, '0.0.0.0/0')),
    'pass RULES_ALLOW_ALL',
  ],
  'on: the rules could not be read': [
    restV1(inbound(true, '0.0.0.0/0'), withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
    'unknown RULES_NOT_READ',
    { evidence: 'ec2:DescribeSecurityGroups' },
  ],
  'on: a link that is to be created': [() => newV1World(inbound(true)), 'error RULES_ALLOW_NONE'],
  'no groups': [aws(enforced(true), { 'loadBalancers.orders-alb.securityGroupIds': [] }), 'pass NOT_ENFORCED'],
  'V2 links do not use PrivateLink': [aws(), 'nothing'],
});
