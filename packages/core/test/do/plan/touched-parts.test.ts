import { expect, it } from 'vitest';
import type { Plan, Step, Unit } from '../../../src/do/plan/plan.js';
import { linksToCheck } from '../../../src/do/plan/plan-scope.js';
import { linkSpec, smallSpec } from '../../fake-run.js';

const base = smallSpec().integrations['orders']!;
const spec = smallSpec({
  links: { eu: linkSpec(), us: linkSpec(), idle: linkSpec() },
  integrations: {
    orders: base,
    pay: { ...base, link: 'us' },
    other: { ...base, link: 'idle', gateway: { httpApi: 'api-2' } },
  },
});

it.each<[Unit['kind'], string, Step['kind'], string[]]>([
  ['gateway', 'api-1', 'deploy', ['eu', 'us']],
  ['integration', 'other', 'create', ['idle']],
  ['gateway', 'api-1', 'tag', []],
])('what a %s unit of %s changes by %s is checked at the links %j', (kind, name, step, links) => {
  const plan = { units: [{ kind, name, steps: [{ kind: step }] }] } as unknown as Plan;
  expect([...linksToCheck(plan, spec)].toSorted()).toEqual(links);
});
