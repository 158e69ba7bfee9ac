import { targetWeightsOwner } from '../../../../src/check/checks/target/weights-owner.js';
import type { Registrar } from '../../../../src/do/model/registrar.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { edit } from '../edits.js';
import { aws, withhold } from '../world.js';
import { listener } from './listener.js';

const targetGroupIds = [GROUP, 'green'];
const weights = [GROUP, 'green'].map((targetGroupId, at) => ({ targetGroupId, weight: 1 - at }));
const actions = [{ kind: 'forward' as const, targetGroupIds, weights }];

/** Two groups share the calls of the listener, or of a rule of it. */
const byDefault = listener({ actions });
const byRule = listener({ rules: [{ id: 'rule-1', priority: 1, conditions: [{ kind: 'path', values: ['*'] }], actions }] }); // prettier-ignore

const registered = (weighs: Registrar['weighs'] = []) => {
  const service = { id: 'svc-1', name: 'orders', kind: 'service', strategy: 'CANARY' } as const;
  return edit({ registrars: [{ ...service, targetGroups: [], registries: [], weighs, raw: null }] });
};
const weighed = (id: string, listenerId?: string) =>
  registered([{ id, listenerId, use: 'production', targetGroupIds }]);

checkTable(targetWeightsOwner, {
  'one group': [aws(registered()), 'nothing'],
  'several groups, and no service writes their weights': [aws(byDefault, registered()), 'pass WEIGHTS_FREE'],
  'a service that writes those of a rule': [
    aws(byRule, weighed('rule-1')),
    'note WEIGHTS_WRITTEN',
    { says: 'service orders (CANARY) write the weights of rule 1 (path *)', evidence: 'svc-1', remedy: 'rolling' },
  ],
  'of another rule': [aws(byRule, weighed('rule-2')), 'pass WEIGHTS_FREE'],
  'of the default, by the ID of its rule': [
    aws(byDefault, weighed('rule-default', LISTENER)),
    'note WEIGHTS_WRITTEN',
    'the weights of the default action',
  ],
  'of the default, by the listener': [aws(byDefault, weighed(LISTENER)), 'note WEIGHTS_WRITTEN'],
  'of the default of another listener': [aws(byDefault, weighed('rule-default', 'listener-2')), 'pass WEIGHTS_FREE'],
  'of one group: the service shares its calls when it deploys': [aws(weighed(LISTENER)), 'note WEIGHTS_WRITTEN'],
  'of one group: every action that leads to it': [
    aws(byRule, registered([{ id: 'green', use: 'production', targetGroupIds: ['green'] }])),
    'note WEIGHTS_WRITTEN',
    'the weights of rule 1',
  ],
  'of a group that no action leads to': [
    aws(byDefault, registered([{ id: 'red', use: 'production', targetGroupIds: ['red'] }])),
    'pass WEIGHTS_FREE',
  ],
  'services that were not read': [aws(byDefault, edit({ registrars: undefined })), 'unknown OWNER_NOT_READ'],
  'services that must not be read': [
    aws(byDefault, registered(), withhold('registrars', 'ecs:ListClusters')),
    'unknown OWNER_NOT_READ',
    { remedy: 'ecs:ListClusters' },
  ],
});
