import { describe } from 'vitest';
import { checkTable } from '../run-check.js';
import type { World } from '../world.js';
import { row, the } from './aws-rows.js';

/** A target that is an instance has a second interface, listed first or last; one of the two allows nothing inbound. */
const two =
  (closed: 'primary' | 'other', listed: 'first' | 'last', known = true) =>
  (world: World): void => {
    const { region } = world;
    world.copy('securityGroups', 'sg-app', { id: 'sg-closed', rules: [] });
    const own = world.the('interfaces', 'eni-app-a');
    const more = world.copy('interfaces', 'eni-app-a', { id: 'eni-more', addresses: ['10.0.11.21'] });
    Object.assign(closed === 'primary' ? own : more, { securityGroupIds: ['sg-closed'] });
    if (known) {
      Object.assign(own, { primary: true });
      Object.assign(more, { primary: false });
    }
    region.interfaces = region.interfaces.filter((one) => one !== more);
    if (listed === 'first') region.interfaces.unshift(more);
    else region.interfaces.push(more);
  };

describe('instances with two interfaces', () => {
  checkTable(the('path/load-balancer'), [
    row('pass', 'the other one is closed', two('other', 'last')),
    row('pass', 'the other one is closed, and listed first', two('other', 'first')),
    row('fail', 'the primary one is closed', two('primary', 'last')),
    row('fail', 'the primary one is closed, and listed last', two('primary', 'first')),
    row('unknown', 'which is the primary one was not read', two('other', 'last', false), {
      remedy: ['Take the snapshot again'],
    }),
    row('unknown', 'the primary one is not visible', (world) => {
      two('other', 'last')(world);
      world.remove('interfaces', 'eni-app-a');
    }),
    row('pass', 'for a single one, it was not read', (world) => delete world.the('interfaces', 'eni-app-a').primary),
  ]);
});
