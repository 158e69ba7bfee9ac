import { readPolicy as alibabaPolicy } from '@postern/alibaba';
import { readPolicy as awsPolicy } from '@postern/aws';
import type { ReadPermission, Report } from '@postern/core';
import { describe, expect, it } from 'vitest';
import { alibabaScene, alibabaStage } from './alibaba-account.js';
import { widenAlibaba, widenAws } from './wide-scenes.js';
import { awsScene, awsStage } from './aws-account.js';
import type { Stage } from './show.js';

const RANK = { pass: 0, unknown: 1, fail: 2 } as const;

/**
 * By check, integration and subject: the worst that is said. A walk (`path/*`) ends where something is not known, and what comes
 * after has no verdict then: all its checks together say whether a call gets through.
 */
function verdicts({ findings }: Report): ReadonlyMap<string, keyof typeof RANK> {
  const worst = new Map<string, keyof typeof RANK>();
  for (const { check, integration, subject, verdict } of findings) {
    const [pair = ''] = subject.split(' (');
    const key = check.startsWith('path/') ? `path ${integration} ${pair}` : `${check} ${integration ?? ''} ${subject}`;
    if (RANK[verdict] > RANK[worst.get(key) ?? 'pass'] || !worst.has(key)) worst.set(key, verdict);
  }
  return worst;
}

/** The report on a region of which everything could be read but what one permission lets one read. */
async function without({ simulation, report }: Stage, { operations }: ReadPermission): Promise<Report> {
  for (const operation of operations) simulation.faults.add({ operation, kind: 'deny' });
  const answer = await report({ all: true });
  simulation.faults.clear();
  return answer;
}

/** A permission that another product has a namesake of: only its own call is refused. */
const named = ({ action, operations }: ReadPermission): string => `${action} (${operations.join(', ')})`;

/** What could not be read is said by the walk, but not by which permission it could: the report's gaps do that. */
const ONLY_A_GAP: ReadonlySet<string> = new Set(['ec2:DescribeNetworkAcls']);

/** Read where a gateway is to be moved (`Scope.uses`), not for checks. */
const ELSEWHERE: ReadonlySet<string> = new Set(['apigateway:DescribeApisByBackend']);

const scenes: readonly (readonly [string, () => Promise<Stage>, readonly ReadPermission[]])[] = [
  // The adapter has a smaller show of its own.
  ...(process.env['POSTERN_PROVE'] === undefined
    ? []
    : [['AWS', async () => widenAws(awsStage(await awsScene())), awsPolicy] as const]),
  ['Alibaba Cloud', async () => widenAlibaba(alibabaStage(await alibabaScene())), alibabaPolicy],
];

describe.each(scenes)('a snapshot of %s without one permission of the policy', (_, open, policy) => {
  it('makes no verdict a pass, and some unknown that name it', async () => {
    const stage = await open();
    const whole = await stage.report({ all: true });
    expect(whole.gaps).toEqual([]);
    const before = verdicts(whole);
    const called = new Set(stage.simulation.journal().map(({ operation }) => operation));
    const silent: string[] = [];
    for (const permission of policy) {
      if (permission.fills.length === 0) continue; // nothing at all can be read without it
      if (ELSEWHERE.has(permission.action)) continue;
      expect(
        permission.operations.some((one) => called.has(one)),
        named(permission),
      ).toBe(true);
      const less = await without(stage, permission);
      const risen = [...verdicts(less)].filter(
        ([key, verdict]) => verdict === 'pass' && before.get(key) !== 'pass' && before.has(key),
      );
      expect(risen, named(permission)).toEqual([]);
      const names = less.findings.some(
        (one) => one.verdict === 'unknown' && JSON.stringify(one).includes(permission.action),
      );
      expect(
        less.gaps.map((gap) => gap.permission),
        named(permission),
      ).toContain(permission.action);
      if (!names && !ONLY_A_GAP.has(permission.action)) silent.push(named(permission));
    }
    expect(silent).toEqual([]);
  });
});
