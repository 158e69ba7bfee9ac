import { describe } from 'vitest';
import { checkTable } from '../run-check.js';
import { type World, aws } from '../world.js';
import { the } from './aws-rows.js';

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
  checkTable(the('path/load-balancer'), {
    'the other one is closed': [aws(two('other', 'last')), 'pass PASSED'],
    'the other one is closed, and listed first': [aws(two('other', 'first')), 'pass PASSED'],
    'the primary one is closed': [aws(two('primary', 'last')), 'error NO_RULE'],
    'the primary one is closed, and listed last': [aws(two('primary', 'first')), 'error NO_RULE'],
    'which is the primary one was not read': [
      aws(two('other', 'last', false)),
      'unknown NOT_READ',
      { remedy: 'Take the snapshot again' },
    ],
    'the primary one is not visible': [
      aws(two('other', 'last'), { 'interfaces.eni-app-a': undefined }),
      'unknown NOT_READ',
    ],
    'for a single one, it was not read': [aws({ 'interfaces.eni-app-a.primary': undefined }), 'pass PASSED'],
  });
});
