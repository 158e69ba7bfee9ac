import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core';
import { judgePulumi, judgeTerraform, readPulumi, readTerraform, type PlanJudgement } from '@postern/core/overlay';
import { expect, it } from 'vitest';
import { sample } from '../../runs.js';
import { asPulumi, type RecordedChange, type RecordedConfiguration } from './as-pulumi.js';

interface Group {
  readonly snapshot: Snapshot;
  readonly configuration: RecordedConfiguration;
  readonly unchanged: readonly RecordedChange[];
  readonly plans: Readonly<
    Record<string, { readonly changes: readonly RecordedChange[]; readonly without?: readonly string[] }>
  >;
}

const { groups } = JSON.parse(readFileSync(new URL('plans.json', import.meta.url), 'utf8')) as {
  groups: readonly Group[];
};

const rows = groups.flatMap((group, at) =>
  Object.entries(group.plans).map(([name, plan]) => [`${name} (${at + 1})`, group, plan] as const),
);

const outcomes = ({ integrations }: PlanJudgement): readonly string[] =>
  integrations.map(({ route, before, after }) => `${route} ${before} ${after}`).toSorted();

it.each(sample(rows, 3))(
  'the same program in Terraform and in Pulumi: %s',
  (_, { snapshot, configuration, unchanged }, { changes, without = [] }) => {
    const changed = new Set([...changes.map(({ address }) => address), ...without]);
    const all = [...unchanged.filter(({ address }) => !changed.has(address)), ...changes];
    const plan = { format_version: '1.2', resource_changes: all, configuration: { root_module: configuration } };
    const terraform = judgeTerraform(readTerraform(JSON.stringify(plan)), snapshot, { region: 'eu-west-1' });
    const pulumi = judgePulumi(readPulumi(asPulumi(all, configuration)), snapshot);
    expect(outcomes(pulumi)).toEqual(outcomes(terraform));
    expect(outcomes(pulumi).length).toBeGreaterThan(0);
  },
);
