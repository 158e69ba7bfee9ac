import { describe } from 'vitest';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { checkTable, type Expected, type Rows } from '../run-check.js';
import { ask, SERVICE, useService } from '../target/backends.js';
import { type World, aws } from '../world.js';
import { the } from './aws-rows.js';

interface Changes {
  readonly attributes?: Record<string, string> | undefined;
  readonly healthy?: boolean;
}

/** A service of two instances, of which the second is not reachable: its group allows nothing inbound. */
const closed =
  (first: Changes, second: Changes, query?: string) =>
  (world: World): void => {
    useService(world);
    const out = { direction: 'out', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock: '10.0.0.0/16' } as const;
    world.the('securityGroups', 'sg-link').rules.push(out);
    world.copy('securityGroups', 'sg-app', { id: 'sg-closed', rules: [] });
    const place = world.region.interfaces.find(({ addresses }) => addresses.includes('10.0.12.20'));
    Object.assign(place ?? {}, { securityGroupIds: ['sg-closed'] });
    for (const [at, changes] of [first, second].entries()) {
      Object.assign(world.the('services', SERVICE).instances?.[at] ?? {}, changes);
    }
    if (query !== undefined) ask(world, query);
  };

const blue = { attributes: { stage: 'blue', 'owned by': 'a&b', AWS_INSTANCE_PORT: '8080' } };
const green = { attributes: { stage: 'green', AWS_INSTANCE_PORT: '8080' } };

/** The code of a check where the closed instance is called, and where it is not. */
const rows = (called: Expected, notCalled: Expected): Rows => ({
  'both are called': [aws(closed(blue, green)), called],
  'the target selects the closed one': [aws(closed(blue, green, 'stage=green')), called],
  'the target selects the open one': [aws(closed(blue, green, 'stage=blue')), notCalled],
  'the target selects by URL-encoded values': [
    aws(closed(blue, green, 'owned+by=a%26b&AWS_INSTANCE_PORT=8080')),
    notCalled,
  ],
  'the closed one is unhealthy': [aws(closed({ healthy: true }, { healthy: false })), notCalled],
});

describe('instances of a service that a target selects', () => {
  checkTable(the('path/security-group'), rows('error NO_RULE', 'pass PASSED'));
  checkTable(egressAdmitted, {
    ...rows('error NOT_ADMITTED', 'pass ADMITTED'),
    'attributes of the closed one were not read': [aws(closed(blue, {}, 'stage=blue')), 'unknown GUARDS_NOT_READ'],
  });
  checkTable(the('path/load-balancer'), {
    'attributes of the closed one were not read': [aws(closed(blue, {}, 'stage=blue')), 'unknown NOT_READ'],
    'no instance has the attribute': [
      aws(closed(blue, green, 'stage=red')),
      'error SERVICE_UNHEALTHY',
      { says: 'stage=red', remedy: 'stage=red' },
    ],
    'an attribute named like a member of every object': [
      aws(closed(blue, green, 'constructor=blue')),
      'error SERVICE_UNHEALTHY',
    ],
    'the selected instance is unhealthy': [
      aws(closed(blue, { ...green, healthy: false }, 'stage=green')),
      'error SERVICE_UNHEALTHY',
      'no healthy instance with stage=green',
    ],
  });
});
