import { expect, it } from 'vitest';
import type { JudgedIntegration, PlanJudgement } from '../../src/overlay/judge/compare.js';
import { judgementMarkdown, judgementText } from '../../src/overlay/judge/document.js';
import { REPORT_VERSION } from '../../src/do/findings/finding.js';

const VERDICTS = ['pass', 'fail', 'unknown', 'absent'] as const;
const PAIRS = VERDICTS.flatMap((before) => VERDICTS.map((after) => ({ before, after })));

function judged(integrations: readonly Pick<JudgedIntegration, 'before' | 'after' | 'calls'>[]): PlanJudgement {
  return {
    version: 1,
    integrations: integrations.map((one) => ({
      address: 'aws_apigatewayv2_route.orders',
      route: 'ANY /orders',
      gateway: 'a1b2c3',
      interruptions: [],
      ...one,
    })),
    findings: [],
    notes: [],
    report: { version: REPORT_VERSION, findings: [], gaps: [], assumptions: [] },
    spec: { version: 1, project: 'shop', links: {}, integrations: {} } as unknown as PlanJudgement['spec'],
  };
}

it.each(PAIRS)(
  'an integration that is $before before and $after after is in the table, or works before and after',
  (one) => {
    const works = one.before === 'pass' && one.after === 'pass';
    for (const text of [judgementText(judged([one]), 'the plan'), judgementMarkdown(judged([one]))]) {
      expect(text.includes('works before and after')).toBe(works);
      expect(text.includes('aws_apigatewayv2_route.orders')).toBe(!works);
    }
  },
);

it('an integration whose calls go elsewhere is named, although it works before and after', () => {
  const calls = [{ before: [{ name: 'shop', percent: 100 }], after: [{ name: 'shop-green', percent: 100 }] }];
  const moved = judged([{ before: 'pass', after: 'pass', calls }]);
  for (const text of [judgementText(moved, 'the plan'), judgementMarkdown(moved)]) {
    expect(text).toContain('works');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('100 % of the calls: shop → shop-green');
  }
});
