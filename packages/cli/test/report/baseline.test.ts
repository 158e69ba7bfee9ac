import type { OpenFinding, Report } from '@postern/core/internal/check';
import { expect, it } from 'vitest';
import { baselineText, compare } from '../../src/report/baseline.js';

const KNOWN = {
  check: 'target/healthy',
  code: 'NONE_HEALTHY',
  verdict: 'fail',
  severity: 'error',
  integration: 'orders',
  subject: 'target main',
} as unknown as OpenFinding;

const reportOf = (...findings: readonly OpenFinding[]) => ({ findings }) as unknown as Report;

it.each([
  ['check', 'target/exists'],
  ['code', 'NOT_READ'],
  ['verdict', 'unknown'],
  ['integration', 'stock'],
  ['subject', 'target blue'],
] as const)('a finding with another %s is new', (key, value) => {
  const { findings } = JSON.parse(baselineText(reportOf(KNOWN))) as { findings: { fingerprint: string }[] };
  const baseline = new Map(findings.map((one) => [one.fingerprint, { severity: 'error' as const }]));
  const other = { ...KNOWN, [key]: value } as OpenFinding;
  expect(compare(reportOf(other, KNOWN), baseline, 'known.json').news.findings).toEqual([other]);
});
