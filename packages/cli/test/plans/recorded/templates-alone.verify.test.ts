import type { Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/aws/plans';
import {
  askChangeSet,
  askTemplates,
  judgeChangeSet,
  judgeTemplates,
  readChangeSet,
  readTemplate,
  type PlanJudgement,
} from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { expect, it } from 'vitest';
import { sample } from '../../../../core/test/runs.js';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';
import { taggedStack } from '../../../../aws/test/plans/tagged-stack.js';
import { FORMS } from '../forms/forms.js';
import { documentOf, readRecords } from '../forms/records.js';
import { asCloudFormation, logical } from './as-cloudformation.js';
import type { RecordedDocument } from './as-pulumi.js';
import { TYPES } from './cloudformation-types.js';
import { recordedPlans } from './recorded.js';

/** Of several modules or regions, which have templates of their own. */
const UNWRITTEN = /^regions:|^form ecs-module/;

const records = readRecords();
const forms = FORMS.flatMap(({ name, from, reads }) => {
  const recorded = records.forms[name];
  if (recorded === undefined || from !== undefined || reads !== 'plan') return [];

  const base = recorded.over === undefined ? EMPTY : (records.snapshots[recorded.over] as Snapshot);
  return [{ name: `form ${name}`, text: documentOf(records, recorded, 'plan'), base }];
});
const rows = [...recordedPlans(), ...forms].flatMap(({ name, text, base }) => {
  const document = JSON.parse(text) as RecordedDocument;
  const changes = document.resource_changes.filter(
    ({ type }) => Object.hasOwn(TYPES, type) || type.endsWith('_attachment'),
  );
  return changes.length === 0 || UNWRITTEN.test(name)
    ? []
    : [{ name, base, changes, configuration: document.configuration.root_module }];
});

/** A template as a person writes it: what it has is named by its logical ID. */
function withRefs(template: string, changeSet: string): string {
  const [, { StackResources: resources }] = JSON.parse(changeSet) as [
    object,
    { StackResources: readonly { LogicalResourceId: string; PhysicalResourceId: string }[] },
  ];
  const names = new Map(resources.map((one) => [one.PhysicalResourceId, one.LogicalResourceId] as const));
  return JSON.stringify(JSON.parse(template), (_, value: unknown) => {
    const id = typeof value === 'string' ? value.replace(/^integrations\//, '') : '';
    const name = id.length > 5 ? names.get(id) : undefined;
    if (name === undefined || !template.includes(`"${name}":`)) return value;
    return id === value ? { Ref: name } : { 'Fn::Join': ['/', ['integrations', { Ref: name }]] };
  });
}

/** The verdicts of the routes with a key that are there after it, and why. */
function verdicts({ integrations }: PlanJudgement) {
  const found = new Map<string, { readonly after: string; readonly because: string | undefined }>();
  for (const { route, after, because } of integrations) {
    const known = found.get(route);
    if (after === 'absent' && known === undefined) found.set(route, { after: 'absent', because });
    if (after === 'absent') continue;
    const others = known === undefined || known.after === 'absent' ? [] : [known.after];
    found.set(route, { after: [...others, after].toSorted().join(' '), because });
  }
  return found;
}

interface Compared {
  readonly at: string;
  readonly wanted: string | undefined;
  readonly found: string | undefined;
  readonly because: string;
}

/** The routes of a plan, judged by the change set and by the template alone. */
async function compared({ name, base, changes, configuration }: (typeof rows)[number]): Promise<readonly Compared[]> {
  const made = asCloudFormation(changes, configuration);
  const names = new Map(changes.map((one) => [one.change.before?.['id'], logical(one)] as const));
  // The stack of a group without rules has one for what leaves it, which allows nothing.
  const over = taggedStack(base, names, '127.0.0.1/32');
  const [changeSet, template] = [readChangeSet(made.changeSet), readTemplate(withRefs(made.template, made.changeSet))];
  const options = { plans: [plans], region: 'eu-west-1' };
  const asking = { ...options, twin: planTwins() };
  const bySet = await askChangeSet(changeSet, template, over, asking);
  const wanted = verdicts(judgeChangeSet(changeSet, template, over, { ...options, ask: bySet }));
  const ask = await askTemplates([{ template }], over, asking);
  const judged = judgeTemplates([{ template }], over, { ...options, ask });
  const found = verdicts(judged);
  const messages = judged.findings.map(({ message }) => message);
  return [...new Set([...wanted.keys(), ...found.keys()])].map((route) => {
    // What cannot be followed may have no key.
    const one = found.get(route) ?? found.get('');
    const because = [one?.because ?? '', ...messages].join('\n');
    return { at: `${name}: ${route}`, wanted: wanted.get(route)?.after, found: one?.after, because };
  });
}

it('a template alone has the verdict of its change set, or is unknown with the reason', async () => {
  const all: Compared[] = [];
  for (const row of sample(rows, 3)) all.push(...(await compared(row)));
  const others = all.filter(({ wanted, found }) => wanted !== found);
  expect(others.filter(({ found }) => found?.includes('unknown') !== true)).toEqual([]);
  for (const { at, because } of others)
    expect(because, at).toMatch(/only its change set says|neither a parameter nor a resource|DeletionPolicy/);
  console.log(`${all.length - others.length} of ${all.length} routes are decided as by the change set`);
  expect(all.length - others.length).toBeGreaterThan(all.length / 2);
});
