import { describe } from 'vitest';
import { the } from '../../checks/path/aws-rows.js';
import type { ListenerAction } from '../../../../src/do/model/load-balancer.js';
import { checkTable } from '../../checks/run-check.js';
import { awsWorld } from '../../checks/world.js';
import { edit } from '../../checks/edits.js';

describe('a listener that forwards calls', () => {
  const withActions = (actions: readonly ListenerAction[]) => () =>
    awsWorld(edit({ 'listeners.orders-alb.actions': actions }));
  checkTable(the('path/load-balancer'), {
    'to groups that were not read': [withActions([{ kind: 'forward' }]), 'unknown NOT_READ', 'target groups'],
    'not at all': [withActions([{ kind: 'fixed-response', statusCode: '503' }]), 'error LISTENER_ANSWERS'],
    'without any action': [withActions([]), 'error LISTENER_ANSWERS'],
  });
});
