import { describe } from 'vitest';
import { GROUP, LISTENER } from '../../checks/aws-region.js';
import { the } from '../../checks/path/aws-rows.js';
import { checkTable } from '../../checks/run-check.js';
import { awsWorld } from '../../checks/world.js';
import { edit } from '../../checks/edits.js';

/** The listener also forwards to port 9090 of the same instances, which may not be allowed. */
const twoPorts = (isAllowed: boolean) => () =>
  awsWorld((world) => {
    const more = `${GROUP}-admin`;
    const { targets = [] } = world.the('targetGroups', GROUP);
    world.copy('targetGroups', GROUP, {
      id: more,
      port: 9090,
      targets: targets.map((one) => ({ ...one, port: 9090 })),
    });
    const weights = [GROUP, more].map((targetGroupId) => ({ targetGroupId, weight: 1 }));
    const action = { kind: 'forward', targetGroupIds: [GROUP, more], weights };
    Object.assign(world.the('listeners', LISTENER), { actions: [action] });
    for (const id of ['sg-lb', 'sg-app'])
      for (const rule of world.the('securityGroups', id).rules)
        if (isAllowed && rule.fromPort === 8080) rule.toPort = 9090;
  });

describe('two ports of one instance behind a load balancer', () => {
  checkTable(the('path/load-balancer'), {
    'the second is allowed': [twoPorts(true), 'pass PASSED'],
    'the second is not allowed': [twoPorts(false), 'error NO_RULE', '9090'],
  });
});

describe('an instance that allows the subnet of one node', () => {
  const allows = (cidrBlock: string) => () =>
    awsWorld(edit({ 'securityGroups.sg-app.rules.*': { securityGroupId: undefined, cidrBlock } }));
  checkTable(the('path/load-balancer'), {
    'and that of the other': [allows('10.0.0.0/16'), 'pass PASSED'],
    'the first': [allows('10.0.11.0/24'), 'error NO_RULE'],
    'the second': [allows('10.0.12.0/24'), 'error NO_RULE'],
  });
});
