import { plans as awsPlans } from '@postern/aws/plans';
import type { Snapshot } from '@postern/core/internal/library';
import { judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { recordedPlans } from './recorded.js';

interface Change {
  readonly address: string;
  readonly type: string;
  change: { actions: string[]; before: Record<string, unknown> | null; after: object | null; after_unknown: object };
}

const recorded = (wanted: string) => {
  const found = recordedPlans().find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`no plan ${wanted}`);
  return found;
};

const judge = (text: string, base: Snapshot): PlanJudgement =>
  judgeTerraform(readTerraform(text), base, { plans: [awsPlans], region: 'eu-west-1' });

/** The plan that changes nothing, with some of its resources replaced. */
function replacing(isReplaced: (type: string) => boolean, how: string[] = ['delete', 'create']) {
  const { text, base } = recorded('lifecycle: base');
  const plan = JSON.parse(text) as { resource_changes: Change[] };
  for (const { type, change } of plan.resource_changes) {
    if (!isReplaced(type) || change.before === null) continue;
    const open = Object.fromEntries(
      ['id', 'arn', 'api_id', 'target'].filter((one) => one in (change.before ?? {})).map((one) => [one, true]),
    );
    const after = Object.entries(change.before).filter(([name]) => !(name in open));
    Object.assign(change, {
      actions: how,
      after: how[0] === 'delete' && how.length === 1 ? null : Object.fromEntries(after),
      after_unknown: open,
    });
  }
  return { text: JSON.stringify(plan), base };
}

const isOfApi = (type: string): boolean => /^aws_apigatewayv2_(?:api|route|integration|stage|deployment)$/.test(type);

/** The base with a custom domain, or with none, or without that list. */
function withDomains(base: Snapshot, domains: 'not read' | readonly { id: string; path: string }[]): Snapshot {
  const regions = base.regions.map((region) => {
    const [gateway] = region.gateways;
    const customDomains =
      domains === 'not read'
        ? undefined
        : domains.map(({ id, path }) => ({
            id,
            mappings: [{ path, gatewayId: gateway?.id ?? '', stage: '$default' }],
          }));
    return { ...region, customDomains };
  });
  return { ...base, regions } as Snapshot;
}

describe('an API that is replaced has another default endpoint', () => {
  it.each([
    ['fail', 'no custom domain', []],
    ['unknown', 'a custom domain', [{ id: 'api.example.com', path: '' }]],
    ['unknown', 'custom domains that were not read', 'not read'],
  ] as const)('%s with %s', (verdict, _, domains) => {
    const { text, base } = replacing(isOfApi);
    const { integrations, findings } = judge(text, withDomains(base, domains));
    expect(integrations.map(({ before, after }) => `${before} → ${after}`)).toEqual([`pass → ${verdict}`]);
    expect(findings).toMatchObject([
      {
        check: 'plan/verdict',
        verdict,
        message: expect.stringMatching(/is replaced, and the new one has another ID.*default endpoint/),
        remedy: expect.stringContaining('Undo the change that replaces aws_apigatewayv2_api.'),
      },
    ]);
  });

  it('and a removal that the plan declares is none', () => {
    const { text, base } = replacing(isOfApi, ['delete']);
    expect(judge(text, withDomains(base, []))).toMatchObject({
      integrations: [{ before: 'pass', after: 'absent' }],
      findings: [],
    });
  });
});

/** The plan that changes nothing, with one attribute of a type changed. */
function updating(type: string, changed: Readonly<Record<string, unknown>>) {
  const { text, base } = recorded('lifecycle: base');
  const plan = JSON.parse(text) as { resource_changes: Change[] };
  for (const { change } of plan.resource_changes.filter((one) => one.type === type))
    Object.assign(change, { actions: ['update'], after: { ...change.before, ...changed } });
  return judge(JSON.stringify(plan), base);
}

describe('a warning that a plan brings', () => {
  it.each([
    ['gateway/timeout', 'aws_lb', { idle_timeout: 10 }],
    ['target/deregistration-delay', 'aws_lb_target_group', { deregistration_delay: '5' }],
  ])('%s is listed, and breaks nothing', (check, type, changed) => {
    const { integrations, findings } = updating(type, changed);
    expect(integrations).toMatchObject([{ before: 'pass', after: 'pass' }]);
    expect(findings).toMatchObject([
      { check, severity: 'warning', verdict: 'fail', addresses: expect.arrayContaining([`${type}.shop`]) },
    ]);
  });

  it('is none that was there before the plan', () => {
    expect(updating('aws_lb', { idle_timeout: 60 }).findings).toEqual([]);
  });
});

describe('what is deleted before its replacement exists', () => {
  it('names the attachments of a group that is replaced, the new one first', () => {
    const { text, base } = recorded('lifecycle: group-replaced');
    const messages = judge(text, base).integrations.flatMap(({ interruptions }) =>
      interruptions.map((one) => one.message),
    );
    expect(messages).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^aws_lb_target_group_attachment\.\S+ is deleted before its replacement exists: calls fail/,
        ),
      ]),
    );
  });
});
