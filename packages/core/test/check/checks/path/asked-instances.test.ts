import { describe } from 'vitest';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { checkTable } from '../run-check.js';
import { ask, SERVICE, useService } from '../target/backends.js';
import type { World } from '../world.js';
import { row, the } from './aws-rows.js';

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

const rows = [
  row('fail', 'both are called', closed(blue, green)),
  row('fail', 'the target selects the closed one', closed(blue, green, 'stage=green')),
  row('pass', 'the target selects the open one', closed(blue, green, 'stage=blue')),
  row('pass', 'the target selects by URL-encoded values', closed(blue, green, 'owned+by=a%26b&AWS_INSTANCE_PORT=8080')),
  row('pass', 'the closed one is unhealthy', closed({ healthy: true }, { healthy: false })),
  row('unknown', 'attributes of the closed one were not read', closed(blue, {}, 'stage=blue')),
];

describe('instances of a service that a target selects', () => {
  checkTable(the('path/security-group'), rows.slice(0, -1));
  checkTable(egressAdmitted, rows);
  checkTable(the('path/load-balancer'), [
    row('unknown', 'attributes of the closed one were not read', closed(blue, {}, 'stage=blue')),
    row('fail', 'no instance has the attribute', closed(blue, green, 'stage=red'), {
      says: ['stage=red'],
      remedy: ['stage=red'],
    }),
    row('fail', 'an attribute named like a member of every object', closed(blue, green, 'constructor=blue')),
    row('fail', 'the selected instance is unhealthy', closed(blue, { ...green, healthy: false }, 'stage=green'), {
      says: ['no healthy instance with stage=green'],
    }),
  ]);
});
