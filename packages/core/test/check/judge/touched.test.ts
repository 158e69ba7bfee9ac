import { describe, expect, it } from 'vitest';
import { touchedBy } from '../../../src/check/judge/found-before.js';
import type { Finding } from '../../../src/do/findings/finding.js';
import { thing } from '../../../src/do/findings/subject.js';
import type { Plan, Step, Unit } from '../../../src/do/plan/plan.js';
import { linkSpec, smallSpec } from '../../fake-run.js';

const base = smallSpec().integrations['orders']!;
/** Two links; `orders` and `stock` use the first, `pay` the second; all but `pay` are on one gateway. */
const SPEC = smallSpec({
  links: { eu: linkSpec(), us: linkSpec() },
  integrations: { orders: base, stock: base, pay: { ...base, link: 'us', gateway: { httpApi: 'api-2' } } },
});

const finding = (integration: string | null, ...about: readonly (readonly [string, string])[]): Finding => ({
  check: 'acme/one',
  code: 'FAILED',
  verdict: 'fail',
  severity: 'error',
  integration,
  about: about.map(([kind, id]) => thing(kind, id)),
  subject: 's',
  params: {},
  message: 'm',
  evidence: [],
});

/** Which findings a plan with these units is about. */
function touched(...units: readonly (readonly [Unit['kind'], string, Step['kind']])[]): readonly string[] {
  const plan = {
    units: units.map(([kind, name, step]) => ({ kind, name, steps: [{ kind: step }] })),
  } as unknown as Plan;
  const isTouched = touchedBy(plan, SPEC);
  const findings = {
    orders: finding('orders', ['link', 'eu'], ['target', 'orders']),
    stock: finding('stock', ['link', 'eu'], ['target', 'stock']),
    pay: finding('pay', ['link', 'us'], ['target', 'pay']),
    'link eu': finding(null, ['link', 'eu']),
    'link us': finding(null, ['link', 'us']),
    'gateway api-1': finding(null, ['gateway', 'api-1']),
    'gateway api-2 of pay': finding('pay', ['gateway', 'api-2']),
    'the spec': finding(null, ['ignore', 'ignore[0]']),
  };
  return Object.entries(findings).flatMap(([name, one]) => (isTouched(one) ? [name] : []));
}

describe('the findings that a plan is about', () => {
  it('of an integration: its own, and those of its link and gateway', () => {
    expect(touched(['integration', 'orders', 'create'])).toEqual(['orders', 'link eu', 'gateway api-1']);
    expect(touched(['integration', 'pay', 'retarget'])).toEqual(['pay', 'link us', 'gateway api-2 of pay']);
  });

  it.each(['create', 'replace', 'allow'] as const)('of a link: those of all its integrations (%s)', (step) => {
    expect(touched(['link', 'eu', step])).toEqual(['orders', 'stock', 'link eu', 'gateway api-1']);
  });

  it('of an allowlist that loses entries: the same', () => {
    expect(touched(['link-narrowing', 'us', 'revoke'])).toEqual(['pay', 'link us', 'gateway api-2 of pay']);
  });

  it('of a deployment: those of the gateway', () => {
    expect(touched(['gateway', 'api-2', 'deploy'])).toEqual(['gateway api-2 of pay']);
  });

  it.each([
    ['link', 'eu', 'tag'],
    ['link', 'eu', 'rename'],
    ['link', 'eu', 'adopt'],
    ['link-removal', 'eu', 'delete'],
    ['integration', 'orders', 'delete'],
  ] as const)('none where calls go on as before: %s %s, %s', (...unit) => {
    expect(touched(unit)).toEqual([]);
  });
});
