import { describe } from 'vitest';
import { the } from '../../checks/path/aws-rows.js';
import { LISTENER } from '../../checks/aws-region.js';
import { checkTable } from '../../checks/run-check.js';
import { awsWorld } from '../../checks/world.js';

describe('a listener that forwards calls', () => {
  const withActions = (actions: readonly object[]) => () =>
    awsWorld((world) => {
      Object.assign(world.the('listeners', LISTENER), { actions });
    });
  checkTable(the('path/load-balancer'), {
    'to groups that were not read': [withActions([{ kind: 'forward' }]), 'unknown NOT_READ', 'target groups'],
    'not at all': [withActions([{ kind: 'fixed-response', statusCode: '503' }]), 'error LISTENER_ANSWERS'],
    'without any action': [withActions([]), 'error LISTENER_ANSWERS'],
  });
});
