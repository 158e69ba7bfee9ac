import { readFileSync } from 'node:fs';
import { redactSnapshot, type Snapshot } from '@postern/core/internal/snapshot';
import { plans } from '@postern/aws/plans';
import {
  judgeChangeSet,
  judgePulumi,
  judgeTerraform,
  readChangeSet,
  readPulumi,
  readTemplate,
  readTerraform,
  type PlanJudgement,
} from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../../core/test/runs.js';
import { asCloudFormation } from './as-cloudformation.js';
import { asPulumi, type RecordedChange, type RecordedConfiguration } from './as-pulumi.js';

interface Plan {
  readonly changes: readonly RecordedChange[];
  readonly without?: readonly string[];
}

interface Group {
  readonly snapshot: Snapshot;
  readonly configuration: RecordedConfiguration;
  readonly unchanged: readonly RecordedChange[];
  readonly plans: Readonly<Record<string, Plan>>;
}

const { groups } = JSON.parse(readFileSync(new URL('plans.json', import.meta.url), 'utf8')) as {
  groups: readonly Group[];
};

const rows = groups.flatMap((group, at) =>
  Object.entries(group.plans).map(([name, plan]) => [`${name} (${at + 1})`, group, plan] as const),
);

const outcomes = ({ integrations }: PlanJudgement): readonly string[] =>
  integrations.map(({ route, before, after }) => `${route} ${before} ${after}`).toSorted();

/** Network ACLs, whose entries are other resources of CloudFormation, and a change of a dynamic block are not written. */
const UNWRITTEN = /^(?:acl-|link-group-closed)/;

/** All changes of a plan. */
function changesOf({ unchanged }: Group, { changes, without = [] }: Plan): readonly RecordedChange[] {
  const changed = new Set([...changes.map(({ address }) => address), ...without]);
  return [...unchanged.filter(({ address }) => !changed.has(address)), ...changes];
}

function terraform(all: readonly RecordedChange[], { snapshot, configuration }: Group): readonly string[] {
  const plan = { format_version: '1.2', resource_changes: all, configuration: { root_module: configuration } };
  const found = outcomes(
    judgeTerraform(readTerraform(JSON.stringify(plan)), snapshot, { plans: [plans], region: 'eu-west-1' }),
  );
  expect(found.length).toBeGreaterThan(0);
  return found;
}

describe('over a redacted snapshot', () => {
  // The accounts are those of the examples: a snapshot that a person gives away has masks in their place.
  const redacted = (group: Group): Group => ({ ...group, snapshot: redactSnapshot(group.snapshot) });
  const own = rows.filter(([, { snapshot }]) => snapshot.regions[0]!.loadBalancers.length > 0);

  it.each(sample(own, 5))('each tool has the same verdicts: %s', (name, group, plan) => {
    const all = changesOf(group, plan);
    const over = redacted(group);
    expect(JSON.stringify(over.snapshot)).not.toContain('111122223333');
    const wanted = terraform(all, group);
    expect(terraform(all, over)).toEqual(wanted);
    const preview = readPulumi(asPulumi(all, group.configuration));
    expect(outcomes(judgePulumi(preview, over.snapshot, { plans: [plans] }))).toEqual(wanted);
    if (UNWRITTEN.test(name)) return;
    const { changeSet, template } = asCloudFormation(all, group.configuration);
    const judged = judgeChangeSet(readChangeSet(changeSet), readTemplate(template), over.snapshot, { plans: [plans] });
    expect(outcomes(judged)).toEqual(wanted);
    expect(JSON.stringify(judged)).not.toContain('111122223333');
  });
});

describe('the same program in Terraform', () => {
  it.each(sample(rows, 3))('and in Pulumi: %s', (_, group, plan) => {
    const all = changesOf(group, plan);
    const preview = readPulumi(asPulumi(all, group.configuration));
    expect(outcomes(judgePulumi(preview, group.snapshot, { plans: [plans] }))).toEqual(terraform(all, group));
  });

  const written = rows.filter(([name]) => !UNWRITTEN.test(name));

  it.each(sample(written, 3))('and in CloudFormation: %s', (_, group, plan) => {
    const all = changesOf(group, plan);
    const { changeSet, template } = asCloudFormation(all, group.configuration);
    const judged = judgeChangeSet(readChangeSet(changeSet), readTemplate(template), group.snapshot, { plans: [plans] });
    expect(outcomes(judged)).toEqual(terraform(all, group));
  });
});
