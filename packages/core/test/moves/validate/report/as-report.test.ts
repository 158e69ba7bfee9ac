import { CLOUDS } from '../../../clouds.js';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CHECKS, MIGRATION_CHECKS } from '../../../check/checks/all-checks.js';
import type { Rule } from '../../../../src/do/findings/check.js';
import { asReport } from '../../../../src/moves/validate/report/json.js';
import { validateMigration } from '../../../../src/moves/validate/validate.js';
import { reportSarif } from '../../../../src/check/report/sarif.js';
import { sarifProblems } from '../../../check/report/sarif-problems.js';
import { AWS_MOVE, awsMigrationWorld, standIn } from '../aws-world.js';
import { migrationWorld, MOVE } from '../world.js';

const RULES: readonly Rule[] = [...CHECKS, ...MIGRATION_CHECKS];
const SPEC = { version: 1, project: 'migration', spec: 'migration', links: {}, integrations: {} } as const;

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { id: string; helpUri: string }[] } };
      readonly results: readonly { ruleId: string; ruleIndex: number }[];
    },
  ];
}

it.each<[string, () => ReturnType<typeof validateMigration>]>([
  ['an API group', () => validateMigration(migrationWorld().snapshot, MOVE, { clouds: CLOUDS })],
  [
    'routes',
    () =>
      validateMigration(awsMigrationWorld((world) => standIn(world, ['subnet-c'])).snapshot, AWS_MOVE, {
        clouds: CLOUDS,
      }),
  ],
])(
  'the SARIF of a validation: has a rule of Postern for each finding on %s, with the address of its section',
  (_name, validated) => {
    const docs = 'https://docs.example/checks.md';
    const sarif = JSON.parse(reportSarif(asReport(validated()), SPEC, { rules: RULES, docs })) as Sarif;
    expect(sarifProblems(sarif)).toEqual([]);
    const [{ tool, results }] = sarif.runs;
    const { rules } = tool.driver;
    expect(results.some(({ ruleId }) => ruleId.startsWith('migrate/'))).toBe(true);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    // No rule was added for a finding without one.
    expect(rules.map((rule) => rule.id)).toEqual(RULES.map((rule) => rule.id));
    const page = readFileSync(new URL('../../../../../../docs/checks.md', import.meta.url), 'utf8');
    for (const { id: rule, helpUri } of rules) {
      expect(helpUri).toBe(`${docs}#${rule.replace('/', '')}`);
      expect(page).toContain(`\n## ${rule}\n`);
    }
  },
);
