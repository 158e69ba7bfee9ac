import { describe } from 'vitest';
import { targetAnswers } from '../../../../src/check/checks/target/answers.js';
import { checkTable } from '../run-check.js';
import { GROUP } from '../aws-region.js';
import { the } from './aws-rows.js';
import { aws } from '../world.js';
import { edit } from '../edits.js';

const TOKEN = [{ kind: 'other' }, { kind: 'forward', targetGroupIds: [GROUP] }] as const;

/** The listener requires a token before it forwards: in its default actions, or in a rule for all calls. */
const asks = edit({ 'listeners.orders-alb.actions': TOKEN });
const ruleAsks = edit({
  'listeners.orders-alb.rules': [
    { id: 'rule-1', priority: 1, conditions: [{ kind: 'path', values: ['/*'] }], actions: TOKEN },
  ],
});

describe('a listener that verifies a token before it forwards', () => {
  checkTable(the('path/load-balancer'), {
    'whether calls have one is not known': [aws(asks), 'unknown NOT_READ', 'token'],
    'in a rule': [aws(ruleAsks), 'unknown NOT_READ', 'token'],
    'and the targets are not reachable': [aws(asks, { 'securityGroups.sg-app.rules': [] }), 'error NO_RULE'],
  });
  checkTable(targetAnswers, {
    'whether calls have one is not known': [aws(asks), 'unknown ACTIONS_NOT_READ', 'forwards calls'],
    'in a rule': [aws(ruleAsks), 'unknown ACTIONS_NOT_READ'],
  });
});
