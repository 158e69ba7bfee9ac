import { describe, expect, it } from 'vitest';
import { clouds } from '../../../src/do/kinds/cloud/clouds.js';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import type { Migration } from '../../../src/moves/validate/migration.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { CLOUDS, LOADED } from '../../clouds.js';
import { AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { migrationWorld, MOVE } from './world.js';

const BARE = clouds(LOADED.map((cloud) => ({ ...cloud, moveTexts: undefined })));

/** A security group in front of the backends without rules, so that the table names entries to add. */
const closed = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  regions: snapshot.regions.map((region) => ({
    ...region,
    securityGroups: region.securityGroups.map((group) => ({ ...group, rules: [] })),
  })),
});

describe('the report of a move on a cloud that brings no texts of moves', () => {
  it.each<[string, Snapshot, Migration]>([
    ['of a group', closed(migrationWorld().snapshot), MOVE],
    ['of routes', closed(awsMigrationWorld().snapshot), AWS_MOVE],
  ])('%s lacks the edits of other tools and Terraform alone', (_, snapshot, move) => {
    const forms = (set: typeof CLOUDS) =>
      validateMigration(snapshot, move, { clouds: set }).impact.flatMap(({ entries }) =>
        entries.map(({ form }) => form),
      );
    if (move === AWS_MOVE) expect(forms(CLOUDS)).toContain('terraform');
    expect(forms(BARE)).toEqual(forms(CLOUDS).filter((form) => form !== 'terraform'));
    const { findings } = validateMigration(snapshot, move, { clouds: BARE });
    const owner = findings.find(({ check }) => check === 'migrate/owner');
    expect(new Set(owner?.evidence?.map(({ kind }) => kind))).toEqual(new Set(['Postern']));
    expect(owner?.message).toMatch(/^if another tool declares \S+ on \S+, its next run may undo the move$/);
    const verdicts = (set: typeof CLOUDS) =>
      validateMigration(snapshot, move, { clouds: set }).findings.map(({ check, verdict, code }) => [
        check,
        verdict,
        code,
      ]);
    expect(verdicts(BARE)).toEqual(verdicts(CLOUDS));
  });
});
