import { describe } from 'vitest';
import { targetAnswers } from '../../../../src/check/checks/target/answers.js';
import { checkTable } from '../run-check.js';
import { GROUP, LISTENER } from '../aws-region.js';
import type { World } from '../world.js';
import { row, the } from './aws-rows.js';

const TOKEN = [{ kind: 'other' }, { kind: 'forward', targetGroupIds: [GROUP] }] as const;

/** The listener requires a token before it forwards: in its default actions, or in a rule for all calls. */
const asks = (w: World): unknown => Object.assign(w.the('listeners', LISTENER), { actions: TOKEN });
const ruleAsks = (w: World): unknown =>
  Object.assign(w.the('listeners', LISTENER), {
    rules: [{ id: 'rule-1', priority: 1, conditions: [{ kind: 'path', values: ['/*'] }], actions: TOKEN }],
  });

describe('a listener that verifies a token before it forwards', () => {
  checkTable(the('path/load-balancer'), [
    row('unknown', 'whether calls have one is not known', (w) => void asks(w), { says: ['token'] }),
    row('unknown', 'in a rule', (w) => void ruleAsks(w), { says: ['token'] }),
    row('fail', 'and the targets are not reachable', (w) => {
      asks(w);
      w.the('securityGroups', 'sg-app').rules = [];
    }),
  ]);
  checkTable(targetAnswers, [
    row('unknown', 'whether calls have one is not known', (w) => void asks(w), { says: ['forwards calls'] }),
    row('unknown', 'in a rule', (w) => void ruleAsks(w)),
  ]);
});
