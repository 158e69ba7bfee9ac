import { plans as awsPlans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { recordedPlans, type RecordedPlan } from './recorded/recorded.js';

type Path = readonly (string | number)[];

interface Document {
  readonly resource_changes: readonly { readonly type: string; readonly change: { readonly after?: unknown } }[];
}

/** Every text in a value, with its place. */
function* textsOf(value: unknown, path: Path = []): Generator<readonly [Path, string]> {
  if (typeof value === 'string') yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value))
    yield* textsOf(member, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** The plan with a word that no table lists in place of a text. */
function edited(document: Document, path: Path): string {
  const copy = structuredClone(document);
  let at = copy as unknown as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = 'NEWLY_MADE';
  return JSON.stringify(copy);
}

const judge = (text: string, { base }: RecordedPlan): PlanJudgement =>
  judgeTerraform(readTerraform(text), base, { plans: [awsPlans], region: 'eu-west-1' });

/** The exceptions: what names a thing, what the user chose, and what has a form in place of a list of words. */
const NAMES =
  /(?:^name|ids?$|arn$|cidr|description|tags|^route_key$|^subnets$|^security_groups$|uri$|^path$|^matcher$|^port$)/;

const plans = recordedPlans().filter(({ outcome }) => /^\d+ delivered/.test(outcome));

/** What is tried in the slice, too, which takes one in three of the others. */
const ALWAYS = [
  'aws_lb.load_balancer_type network',
  'aws_lb.load_balancer_type application',
  'aws_lb_target_group.target_type ip',
  'aws_lb_listener.protocol HTTP',
  'aws_security_group.protocol -1',
  'aws_subnet.availability_zone eu-west-1a',
  'aws_apigatewayv2_integration.connection_type VPC_LINK',
];

describe('a word of a plan that no table lists', () => {
  const seen = new Set<string>();
  const tried: string[] = [];

  it.each(plans.map((plan) => [plan.name, plan] as const))('breaks no route: %s', (_, plan) => {
    const document = JSON.parse(plan.text) as Document;
    const broken = (text: string): readonly string[] =>
      judge(text, plan).integrations.flatMap(({ address, after }) => (after === 'fail' ? [address] : []));
    const before = broken(plan.text);
    const wrong: string[] = [];
    for (const [at, { type, change }] of document.resource_changes.entries()) {
      for (const [path, text] of textsOf(change.after)) {
        const leaf = String(path.findLast((key) => typeof key === 'string'));
        const field = `${type}.${leaf} ${text}`;
        // Each once: plans of one configuration differ in few resources.
        if (NAMES.test(leaf) || seen.size === seen.add(field).size) continue;
        if (seen.size % runs(3, 1) !== 0 && !ALWAYS.includes(field)) continue;
        tried.push(field);
        const after = broken(edited(document, ['resource_changes', at, 'change', 'after', ...path]));
        wrong.push(...after.filter((address) => !before.includes(address)).map((address) => `${field}: ${address}`));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('was tried in the types, kinds and protocols of resources', () => {
    expect(tried).toEqual(expect.arrayContaining(ALWAYS));
  });
});
