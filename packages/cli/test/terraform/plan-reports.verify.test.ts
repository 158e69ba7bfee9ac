import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedPlans } from '../plans/recorded/recorded.js';
import { sample } from '../../../core/test/runs.js';
import { folder, run } from '../run-command.js';

interface Judged {
  readonly integrations: readonly { readonly address: string; readonly after: string }[];
  readonly findings: readonly {
    readonly check: string;
    readonly code: string;
    readonly verdict: string;
    readonly severity: string;
    readonly addresses: readonly string[];
  }[];
}

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly { readonly kind: string; readonly level: string; readonly ruleId: string }[];
  }[];
}

/** Judges a plan over its base, with all reports. */
async function reports({ text, base }: { readonly text: string; readonly base: object }, more: readonly string[] = []) {
  const cwd = folder();
  writeFileSync(path.join(cwd, 'plan.json'), text);
  writeFileSync(path.join(cwd, 'base.json'), JSON.stringify(base));
  const kinds = ['sarif', 'junit', 'md', 'json'];
  const asked = kinds.flatMap((kind) => ['--report', `${kind}=out.${kind}`]);
  const args = ['check', '--terraform', 'plan.json', '--snapshot', 'base.json', ...asked, ...more];
  const { status, out } = await run(args, { cwd });
  const read = (kind: string): string => readFileSync(path.join(cwd, `out.${kind}`), 'utf8');
  const results = (JSON.parse(read('sarif')) as Sarif).runs.flatMap((one) => one.results);
  return { status, text: out, md: read('md'), junit: read('junit'), results, json: JSON.parse(read('json')) as Judged };
}

describe('what decides the exit status is in every report', () => {
  it.each(sample(recordedPlans(), 4).map((plan) => [plan.name, plan] as const))('%s', async (_, plan) => {
    const { status, text, md, junit, results, json } = await reports(plan);
    const failing = json.integrations.filter(({ after }) => after === 'fail');
    const undecided = json.integrations.filter(({ after }) => after === 'unknown');
    expect(status).toBe(failing.length > 0 ? 3 : 0);
    for (const { address, after } of [...failing, ...undecided]) {
      const found = json.findings.filter(
        // A warning that the plan brings decides nothing.
        (one) => one.verdict === after && one.severity === 'error' && one.addresses.includes(address),
      );
      expect(found, address).not.toEqual([]);
      expect(found.every(({ code }) => code !== '')).toBe(true);
      for (const report of [text, md]) expect(report).toContain(address);
    }
    const failed = results.filter(({ kind, level }) => kind === 'fail' && level === 'error');
    expect(failed.length > 0).toBe(failing.length > 0);
    expect(junit.includes('<failure')).toBe(failing.length > 0);
    expect(results.some(({ kind }) => kind === 'open')).toBe(
      json.findings.some(({ verdict }) => verdict === 'unknown'),
    );
  });

  it('a verdict that no check made is a finding', async () => {
    const [plan] = recordedPlans().filter(({ name }) => name === 'lifecycle: base');
    // The route keeps the ID of a link that is not there after the plan.
    const regions = plan?.base.regions.map((region) => ({ ...region, links: [] }));
    const text = (plan?.text ?? '').replaceAll('aws_apigatewayv2_vpc_link', 'aws_kept_elsewhere');
    const { status, results, junit, json } = await reports({ text, base: { ...plan?.base, regions } });
    expect(status).toBe(3);
    expect(json.findings).toMatchObject([
      { check: 'plan/verdict', code: 'INTEGRATION_FAILS', verdict: 'fail', severity: 'error' },
    ]);
    expect(results.map(({ ruleId }) => ruleId)).toEqual(['plan/verdict']);
    expect(junit).toContain('does not exist');
  });
});
