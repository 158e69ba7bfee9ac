import { describe } from 'vitest';
import { targetWeightsOwner } from '../../../../src/check/checks/target/weights-owner.js';
import type { Registrar } from '../../../../src/do/model/registrar.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { edit } from '../edits.js';
import { aws, withhold, type World } from '../world.js';

/** Two groups share the calls of the listener, or of a rule of it. */
const shared =
  (of: 'default' | 'rule') =>
  ({ the, copy }: World): void => {
    copy('targetGroups', GROUP, { id: 'green', name: 'green' });
    const listener = the('listeners', LISTENER);
    const weights = [GROUP, 'green'].map((targetGroupId, at) => ({ targetGroupId, weight: 1 - at }));
    const actions = [{ kind: 'forward' as const, targetGroupIds: [GROUP, 'green'], weights }];
    const rule = { id: 'rule-1', priority: 1, conditions: [{ kind: 'path' as const, values: ['*'] }], actions };
    Object.assign(listener, of === 'rule' ? { rules: [rule] } : { actions });
  };

const registered =
  (weighs: Registrar['weighs'] = []) =>
  ({ region }: World): void =>
    void Object.assign(region, {
      registrars: [
        {
          id: 'svc-1',
          name: 'orders',
          kind: 'service',
          strategy: 'CANARY',
          targetGroups: [],
          registries: [],
          weighs,
          raw: {},
        },
      ],
    });

const weighed = (id: string, listenerId?: string) =>
  registered([{ id, listenerId, use: 'production', targetGroupIds: [GROUP, 'green'] }]);

describe('target/weights-owner', () => {
  checkTable(targetWeightsOwner, {
    'one group': [aws(registered()), 'nothing'],
    'several groups, and no service writes their weights': [aws(shared('default'), registered()), 'pass WEIGHTS_FREE'],
    'a service that writes those of a rule': [
      aws(shared('rule'), weighed('rule-1')),
      'note WEIGHTS_WRITTEN',
      { says: 'service orders (CANARY) write the weights of rule 1 (path *)', evidence: 'svc-1', remedy: 'rolling' },
    ],
    'of another rule': [aws(shared('rule'), weighed('rule-2')), 'pass WEIGHTS_FREE'],
    'of the default, by the ID of its rule': [
      aws(shared('default'), weighed('rule-default', LISTENER)),
      'note WEIGHTS_WRITTEN',
      'the weights of the default action',
    ],
    'of the default, by the listener': [aws(shared('default'), weighed(LISTENER)), 'note WEIGHTS_WRITTEN'],
    'of the default of another listener': [
      aws(shared('default'), weighed('rule-default', 'listener-2')),
      'pass WEIGHTS_FREE',
    ],
    'of one group: the service shares its calls when it deploys': [aws(weighed(LISTENER)), 'note WEIGHTS_WRITTEN'],
    'services that were not read': [aws(shared('default'), edit({ registrars: undefined })), 'unknown OWNER_NOT_READ'],
    'services that must not be read': [
      aws(shared('default'), registered(), withhold('registrars', 'ecs:ListClusters')),
      'unknown OWNER_NOT_READ',
      { remedy: 'ecs:ListClusters' },
    ],
  });
});
