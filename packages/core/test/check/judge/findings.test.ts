import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { parseIgnoredFindings, refuseFindings } from '../../../src/check/judge/found-before.js';
import { RULES } from '../checks/all-checks.js';
import type { PlanFinding } from '../../../src/do/findings/finding.js';
import { thing } from '../../../src/do/findings/subject.js';
import type { Plan } from '../../../src/do/plan/plan.js';
import { smallSpec } from '../../fake-run.js';

describe('findings that are ignored', () => {
  it('are named by a check or a family, with or without a subject', () => {
    expect(
      parseIgnoredFindings(['link/single-zone', 'path/*', 'path/route: link eu → * ', 'path/*:a:b'], CLOUDS),
    ).toEqual([
      { check: 'link/single-zone', subject: undefined },
      { check: 'path/*', subject: undefined },
      { check: 'path/route', subject: 'link eu → *' },
      { check: 'path/*', subject: 'a:b' },
    ]);
    expect(parseIgnoredFindings([], CLOUDS)).toEqual([]);
  });

  it('are those of every family with `*`', () => {
    const families = new Set(RULES.map(({ id }) => `${id.split('/')[0]}/*`));
    const all = parseIgnoredFindings(['*'], CLOUDS);
    expect(new Set(all.map(({ check }) => check))).toEqual(families);
    expect(all).toHaveLength(families.size);
    expect(all.every(({ subject }) => subject === undefined)).toBe(true);
    expect(parseIgnoredFindings(['*: link eu'], CLOUDS)[0]?.subject).toBe('link eu');
  });

  it.each([
    ['link/single-zon', 'Did you mean link/single-zone?'],
    ['something', 'Write CHECK or CHECK:SUBJECT; docs/checks.md lists the checks.'],
    ['acme/one', 'Write CHECK or CHECK:SUBJECT; docs/checks.md lists the checks.'],
    ['link/single-zone:', 'Write the subject that the finding shows, or only link/single-zone.'],
    ['link/single-zone:  ', 'Write the subject that the finding shows, or only link/single-zone.'],
  ])('"%s" are refused', (text, remedy) => {
    expect(() => parseIgnoredFindings([text], CLOUDS)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', remedy }),
    );
  });
});

const finding = (fields: Partial<PlanFinding> = {}): PlanFinding => ({
  check: 'acme/one',
  code: 'FAILED',
  verdict: 'fail',
  severity: 'error',
  integration: 'orders',
  about: [thing('link', 'eu')],
  subject: "link 'eu'",
  params: {},
  message: 'it does not work',
  evidence: [],
  ...fields,
});

describe('a plan after which errors remain', () => {
  const refusal = (findings?: readonly PlanFinding[]) => {
    try {
      refuseFindings({ findings } as Plan, smallSpec());
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it('is refused, with the first of them and how to apply it nevertheless', () => {
    expect(refusal([finding({ remedy: 'Repair it.' })])).toMatchObject({
      code: 'FINDINGS_FAILED',
      message:
        "apply: 1 error would remain after this plan, and nothing was changed: acme/one  link 'eu': it does not work",
      remedy: `Repair it. To apply with this error: --ignore-findings 'acme/one:link '\\''eu'\\''' (in a program \`ignoreFindings\`).`,
      place: { path: 'integrations.orders' },
      details: {
        findings: [{ check: 'acme/one' }],
        causes: [{ checks: ['acme/one'], ignore: "acme/one:link 'eu'", likewise: [] }],
      },
    });
  });

  it('is one error, which names the cause of most once and counts the others', () => {
    const alike = Array.from({ length: 25 }, (_, at) =>
      finding({ subject: `s${at}`, about: [thing('link', `s${at}`)] }),
    );
    const other = finding({ check: 'acme/two', message: 'it is closed' });
    expect(refusal([...alike, other])).toMatchObject({
      message:
        'apply: 2 errors would remain after this plan, and nothing was changed: acme/one  s0: it does not work; likewise s1, s2, s3 and 21 more; and 1 more cause',
      remedy:
        "To apply with these errors: --ignore-findings acme/one --ignore-findings 'acme/two:link '\\''eu'\\''' (in a program `ignoreFindings`).",
      details: {
        findings: { length: 26 },
        causes: [{ ignore: 'acme/one', findings: { length: 25 } }, { ignore: "acme/two:link 'eu'" }],
      },
    });
  });

  it('is not refused for warnings, what is unknown, mended or ignored, and what calls end', () => {
    expect(refusal()).toBeUndefined();
    expect(refusal([])).toBeUndefined();
    for (const fields of [
      { severity: 'warning' },
      { verdict: 'unknown' },
      { mended: true },
      { ignored: true },
      { mendedBy: 'calls' },
    ] as const)
      expect(refusal([finding(fields)])).toBeUndefined();
  });
});
