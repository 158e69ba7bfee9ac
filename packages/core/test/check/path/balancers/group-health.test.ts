import { describe, expect, it } from 'vitest';
import { remedyByState } from '../../../../src/check/path/reasons/target-health.js';
import { targetHealthy } from '../../../../src/check/checks/target/healthy.js';
import type { GroupTarget } from '../../../../src/do/model/load-balancer.js';
import { the } from '../../checks/path/aws-rows.js';
import { checkTable } from '../../checks/run-check.js';
import { alibabaWorld } from '../../checks/world.js';
import { edit } from '../../checks/edits.js';

const idle = (id: string, word: string): GroupTarget => ({ id, health: 'unused', reason: `weight 0, ${word}` });
const unhealthy: GroupTarget = { id: 'i-3', health: 'unhealthy', reason: 'abnormal' };

it.each<[string, readonly GroupTarget[], string | undefined]>([
  ['one without weight is healthy', [idle('i-1', 'normal')], 'Set a weight above 0 for i-1 in lb-1:80:'],
  [
    'one of several is healthy',
    [idle('i-1', 'abnormal'), idle('i-2', 'normal'), unhealthy],
    'Set a weight above 0 for i-2',
  ],
  ['all are without weight, and unhealthy', [idle('i-1', 'abnormal')], 'and make it pass its health check'],
  ['one has a weight, and is unhealthy', [idle('i-1', 'abnormal'), unhealthy], undefined],
  ['their zone is not in use', [{ id: 'i-1', health: 'unused', reason: 'Target.NotInUse' }], undefined],
  ['health checks have not begun', [{ id: 'i-1', health: 'initial' }, idle('i-2', 'normal')], 'Wait until'],
])('the remedy where no target receives calls: where %s', (_, targets, text) => {
  const remedy = remedyByState('lb-1:80', targets);
  if (text === undefined) expect(remedy).toBeUndefined();
  else expect(remedy).toContain(text);
});

describe('a CLB instance whose only server has the weight 0', () => {
  const world = () => alibabaWorld(edit({ 'targetGroups.lb-1:80.targets': [idle('i-1', 'normal')] }));
  checkTable(targetHealthy, {
    'the remedy is a weight': [world, 'error NONE_HEALTHY', { remedy: 'Set a weight above 0 for i-1 in lb-1:80' }],
  });
  checkTable(the('path/load-balancer'), {
    'the remedy is a weight': [world, 'error NO_HEALTHY_TARGET', { remedy: 'Set a weight above 0 for i-1 in lb-1:80' }],
  });
});
