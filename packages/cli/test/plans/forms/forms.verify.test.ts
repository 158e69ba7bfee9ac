import { describe, expect, it } from 'vitest';
import { FORMS, type Form } from './forms.js';
import { judgeForm } from './judge-form.js';
import { readRecords } from './records.js';

const records = readRecords();

const OF_A_SPEC = /postern apply|integrations\.|\blinks\.\w|assume\.|the spec|serverName|(?:the|its) owner/;

async function isRight(form: Form): Promise<void> {
  const { before, after, code, at, says, answers = after === 'pass' } = form.expected;
  const { verdict, findings, words, outcome } = await judgeForm(records, form);
  expect(verdict, `${words}\n${outcome}`).toBe(`${before} → ${after}`);
  if (code !== undefined) expect(findings.map((one) => one.code)).toContain(code);
  if (at !== undefined) expect(words).toContain(at);
  if (says !== undefined) expect(words).toMatch(says);
  // Who has a plan has no spec, and owns what it changes.
  expect(findings.map((one) => one.remedy ?? '').filter((one) => OF_A_SPEC.test(one))).toEqual([]);
  // A verdict is what calls show. What is unknown is not compared, nor what the simulated cloud does not have.
  if (after === 'unknown' || outcome.startsWith('not simulated')) return;
  expect(/^\d+ delivered/.test(outcome), outcome).toBe(answers);
}

describe('forms of configurations', () => {
  it.each(FORMS.map((form) => [form.name, form] as const))('%s', (_, form) => isRight(form));

  it('are at least 60, of which fewer than one in ten is unknown', () => {
    expect(FORMS.length).toBeGreaterThan(60);
    expect(FORMS.filter(({ expected }) => expected.after === 'unknown').length).toBeLessThan(FORMS.length / 10);
  });
});
