import { expect, it } from 'vitest';
import type { AskedRefusal } from '../../src/overlay/carry/ask-plan.js';
import type { Attributes } from '../../src/overlay/declared/values.js';
import { refusalRemedy } from '../../src/overlay/judge/refusal-remedy.js';
import { comesAfter } from '../../src/overlay/terraform/comes-after.js';
import { terraformPlan } from '../../src/overlay/terraform/plan.js';
import { readTerraform } from '../../src/overlay/terraform/read.js';

type Given = readonly [address: string, actions: string, before: Attributes | null, after: Attributes | null];

/** The remedy of what is refused of the first resource. */
function remedyOf(change: AskedRefusal['change'], words: string, ...resources: readonly Given[]): string {
  const resource_changes = resources.map(([address, actions, before, after]) => {
    const [type = '', name = ''] = address.split('.');
    return { address, mode: 'managed', type, name, change: { actions: actions.split(' '), before, after } };
  });
  const plan = terraformPlan(readTerraform(JSON.stringify({ format_version: '1.2', resource_changes })));
  const refusal = { operation: 'Change', code: 'Refused', message: words, needing: [], feeds: [] };
  return refusalRemedy({ ...refusal, address: resources[0]![0], change }, plan, [
    [/PriorityInUse/, 'Write a free number.', 'priority'],
    [/in use/, 'Remove what uses it first.'],
  ]);
}

const RULE = { listener_arn: 'a', priority: 10 };
const GROUP = { name: 'web', name_prefix: '' };
const LINK = { name: 'web' };

it.each<[remedy: string, change: AskedRefusal['change'], words: string, ...resources: Given[]]>([
  [
    'Write another priority at r.a, or at r.b, which has the same.',
    'create',
    'PriorityInUse',
    ['r.a', 'create', null, RULE],
    ['r.b', 'create', null, RULE],
    ['r.c', 'create', null, { ...RULE, listener_arn: 'b' }],
    ['r.d', 'delete', RULE, null],
  ],
  ['Write a free number.', 'create', 'PriorityInUse', ['r.a', 'create', null, RULE], ['r.d', 'delete', RULE, null]],
  ['Write create_before_destroy.', 'delete', 'in use', ['l.a', 'delete create', LINK, LINK]],
  [
    'Write create_before_destroy, together with name_prefix in place of name, or with another name.',
    'delete',
    'in use',
    ['g.a', 'delete create', GROUP, GROUP],
  ],
  [
    'Write name_prefix in place of name, or another name.',
    'create',
    'DuplicateName',
    ['g.a', 'create delete', GROUP, GROUP],
  ],
  ['Write another name.', 'create', 'DuplicateName', ['l.a', 'create delete', LINK, LINK]],
  [
    'Write what changes into the `triggers` of d.a: the plan then replaces it.',
    'delete',
    'in use',
    ['l.a', 'create delete', LINK, LINK],
    ['d.a', 'no-op', { triggers: null }, { triggers: null }],
  ],
  ['Remove what uses it first.', 'delete', 'in use', ['l.a', 'create delete', LINK, LINK]],
  ['Change l.a so that the service accepts it.', 'update', 'No.', ['l.a', 'update', LINK, LINK]],
])('%s', (remedy, change, words, ...resources) => {
  expect(remedyOf(change, words, ...resources)).toBe(remedy);
});

it.each([
  ['a.x', ['a.y["k"]', 'a.z'], 'Write depends_on = [a.y, a.z] at a.x.'],
  [
    'module.p.a.x',
    ['module.q["k"].a.y', 'module.r.module.s.a.y'],
    'Write depends_on = [module.q, module.r] at the call module.p.',
  ],
  ['module.p.a.x', ['module.p.module.q.a.y'], 'Write depends_on = [module.q] at module.p.a.x.'],
  ['module.o.module.p["k"].a.x', ['module.o.a.y'], 'Write depends_on = [a.y] at the call module.o.module.p.'],
])('%s comes after %s', (address, before, remedy) => {
  expect(comesAfter(address, before)).toBe(remedy);
});
