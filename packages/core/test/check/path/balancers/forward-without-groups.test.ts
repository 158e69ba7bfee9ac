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
  checkTable(the('path/load-balancer'), [
    {
      verdict: 'unknown',
      why: 'to groups that were not read',
      world: withActions([{ kind: 'forward' }]),
      says: ['target groups'],
    },
    { verdict: 'fail', why: 'not at all', world: withActions([{ kind: 'fixed-response', statusCode: '503' }]) },
    { verdict: 'fail', why: 'without any action', world: withActions([]) },
  ]);
});
