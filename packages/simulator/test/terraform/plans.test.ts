import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { missingTerraform } from '../shows/tools.js';
import { PLAN_GROUPS } from './plans/groups.js';
import { recordGroup, type RecordedGroup } from './plans/record.js';

const reason = missingTerraform();
const title = `Plans of Terraform${reason === undefined ? '' : ` (skipped: ${reason})`}`;
const RECORDED = new URL('../../../cli/test/plans/recorded/', import.meta.url);

/** With POSTERN_RECORD=1 what is recorded is written, for `packages/cli/test/plans/recorded`. */
describe.skipIf(reason !== undefined)(title, () => {
  const folder = sharedTemporaryFolder();

  it.each(PLAN_GROUPS.map((group) => [group.name, group] as const))(
    '%s: what is recorded is what it plans, and what calls are answered',
    { timeout: 3_600_000 },
    async (name, group) => {
      const own = join(folder(), name);
      mkdirSync(own);
      const made = await recordGroup(group, own);
      const file = new URL(`${name}.json`, RECORDED);
      if (process.env['POSTERN_RECORD'] !== undefined) writeFileSync(file, `${JSON.stringify(made)}\n`);
      const known = JSON.parse(readFileSync(file, 'utf8')) as RecordedGroup;
      const outcomes = ({ plans }: RecordedGroup) => Object.entries(plans).map(([key, { outcome }]) => [key, outcome]);
      expect(outcomes(made)).toEqual(outcomes(known));
    },
  );
});
