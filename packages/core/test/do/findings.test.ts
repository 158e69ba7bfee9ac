import { CLOUDS } from '../clouds.js';
import { describe, expect, it } from 'vitest';
import { runs, sample } from '../runs.js';
import { check } from '../../src/check/checks/run.js';
import { MIGRATION_CHECKS, RULES } from '../check/checks/all-checks.js';
import type { Finding } from '../../src/do/findings/finding.js';
import { peeringReasons } from '../../src/check/path/reasons/route.js';
import { validateMigration } from '../../src/moves/validate/validate.js';
import type { Snapshot } from '../../src/do/snapshot/snapshot.js';
import type { Spec } from '../../src/do/spec.js';
import { ALIBABA_FAULTS } from '../check/checks/alibaba-faults.js';
import { AWS_FAULTS } from '../check/checks/aws-faults.js';
import { alibabaWorld, awsWorld, type World } from '../check/checks/world.js';
import { AWS_MOVE, awsMigrationWorld } from '../moves/validate/aws-world.js';
import { ASSUME, migrationWorld, MOVE } from '../moves/validate/world.js';

const CODES = new Map([...RULES, ...MIGRATION_CHECKS].map(({ id, codes }) => [id, codes ?? []]));

/** Findings of many worlds, each with a different fault. */
function* findings(): Generator<Finding> {
  const worlds = (make: typeof awsWorld, faults: typeof AWS_FAULTS): readonly World[] =>
    sample(faults, 3).map(([, change]) => make(change));
  for (const world of [...worlds(awsWorld, AWS_FAULTS), ...worlds(alibabaWorld, ALIBABA_FAULTS)])
    yield* check(world.snapshot as Snapshot, world.spec as Spec, { clouds: CLOUDS }).findings;
  yield* validateMigration(migrationWorld().snapshot, MOVE, { clouds: CLOUDS, assume: ASSUME }).findings;
  yield* validateMigration(awsMigrationWorld().snapshot, AWS_MOVE, { clouds: CLOUDS }).findings;
}

describe('issue 12, step 6: findings are data', () => {
  it('each has a code that its check lists, typed subjects and plain params', () => {
    const seen = new Set<string>();
    for (const { check: id, code, about, subject, params } of findings()) {
      seen.add(id);
      expect(code).toMatch(/^[A-Z][A-Z0-9_]*$/);
      expect(CODES.get(id), `${id} ${code}`).toContain(code);
      expect(about.length, id).toBeGreaterThan(0);
      for (const one of about) {
        expect(
          [one.kind, one.id, one.label].map((text) => text.length > 0),
          `${id} ${subject}`,
        ).toEqual([true, true, true]);
        expect(subject).toContain(one.label);
      }
      expect(JSON.parse(JSON.stringify(params)), `${id} ${code}`).toEqual(
        Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)),
      );
    }
    expect(seen.size).toBeGreaterThan(runs(40, 60));
  });

  it('a code has one meaning: its sentence follows from its params', () => {
    const said = new Map<string, string>();
    for (const { check: id, code, verdict, params, message } of findings()) {
      const key = JSON.stringify([id, code, verdict, params]);
      if (id.startsWith('path/')) continue;
      expect(said.get(key) ?? message, key).toBe(message);
      said.set(key, message);
    }
  });

  it('a reason of a hop has the facts of its code: others do not compile', () => {
    const { PEERING_STATE } = peeringReasons;
    const reason = PEERING_STATE({ peering: 'pcx-1', what: 'is deleted' });
    expect(reason.because).toBe('the peering pcx-1 is deleted');
    expect(reason.why).toEqual({ code: 'PEERING_STATE', params: { peering: 'pcx-1', what: 'is deleted' } });
    // @ts-expect-error -- a fact that the sentence needs is not given
    PEERING_STATE({ peering: 'pcx-1' });
    // @ts-expect-error -- the sentence of this code does not need it
    PEERING_STATE({ peering: 'pcx-1', what: 'is deleted', port: 443 });
  });
});
