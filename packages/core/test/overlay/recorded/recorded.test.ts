import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core';
import { judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/overlay';
import { describe, expect, it } from 'vitest';
import { sample } from '../../runs.js';

interface Change {
  readonly address: string;
}

/** Plans of one configuration over one base. What most of them leave as it is stands once. */
interface Group {
  readonly snapshot: Snapshot;
  readonly configuration: object;
  readonly unchanged: readonly Change[];
  readonly plans: Readonly<
    Record<
      string,
      { readonly changes: readonly Change[]; readonly without?: readonly string[]; readonly outcome: string }
    >
  >;
}

/**
 * Plans that Terraform 1.11.4 with the AWS provider 5.100.0 made of `examples/terraform`, and what a call was answered
 * once each had been applied on the simulated cloud. Those of the last group create all.
 */
const { groups } = JSON.parse(readFileSync(new URL('plans.json', import.meta.url), 'utf8')) as {
  groups: readonly Group[];
};

const rows = groups.flatMap((group, at) =>
  Object.keys(group.plans).map((name) => [`${name} (${at + 1})`, group, name] as const),
);

function judge({ snapshot, configuration, unchanged, plans }: Group, name: string): PlanJudgement {
  const { changes = [], without = [] } = plans[name] ?? {};
  const changed = new Set([...changes.map(({ address }) => address), ...without]);
  const plan = {
    format_version: '1.2',
    resource_changes: [...unchanged.filter(({ address }) => !changed.has(address)), ...changes],
    configuration: { root_module: configuration },
  };
  return judgeTerraform(readTerraform(JSON.stringify(plan)), snapshot, { region: 'eu-west-1' });
}

/** Link, load balancer and network ACL have some of two subnets each: calls inside of one subnet pass no ACL. */
const UNDECIDED = ['acl-return (3)'];

/** The last route of an API: it does not exist, and the stage goes on serving it. */
const SERVED = ['route-removed (2)'];

/** What a call is answered, as a verdict. */
function verdictOf(outcome: string): string {
  return /^\d+ delivered/.test(outcome) ? 'pass' : outcome.startsWith('404') ? 'absent' : 'fail';
}

describe('plans of Terraform, applied and called', () => {
  it.each(sample(rows, 4))('%s', (row, group, name) => {
    const { integrations, findings } = judge(group, name);
    const { outcome = '' } = group.plans[name] ?? {};
    const called = integrations.find(({ route }) =>
      name === 'route-added' ? route === 'GET /items' : route.startsWith('ANY'),
    );
    expect(called?.after).toBe(
      UNDECIDED.includes(row) ? 'unknown' : SERVED.includes(row) ? 'absent' : verdictOf(outcome),
    );
    if (SERVED.includes(row)) expect(called?.because).toContain('last deployment');
    if (called?.after !== 'fail') return;
    const changed = group.plans[name]?.changes.map(({ address }) => address) ?? [];
    expect(findings.some(({ addresses }) => addresses.some((one) => changed.includes(one)))).toBe(true);
  });

  it('says where the apply is refused', () => {
    const [, group] = groups;
    if (group === undefined) throw new Error('no second group');
    expect(judge(group, 'link-other-group').integrations[0]?.interruptions).toMatchObject([
      { address: 'aws_apigatewayv2_vpc_link.shop', message: expect.stringContaining('the apply fails') },
    ]);
  });

  it('has 20 at least', () => {
    expect(rows.length).toBeGreaterThanOrEqual(20);
  });
});
