import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../../src/check/checks/registry.js';
import type { Spec } from '../../../../src/do/model/spec.js';
import type { Snapshot } from '../../../../src/do/snapshot/snapshot.js';
import { prepare } from '../../../../src/do/world/prepare.js';
import { LONG_MS, runs } from '../../../runs.js';
import { the } from '../../checks/path/aws-rows.js';
import { outcomesOf } from '../../checks/run-check.js';
import { awsWorld } from '../../checks/world.js';
import { CHANGE_COUNT, crowded, only } from './crowd.js';

it.each([
  ['the first', 0, ['eu fail', 'far pass']],
  ['the second', 1, ['eu pass', 'far fail']],
])('two accounts have the same region and IDs: the paths of %s are stopped by its own groups', (_, at, expected) => {
  const world = awsWorld(({ snapshot, spec, region, linkSpec, integration }) => {
    const account = '444455556666';
    const far = structuredClone({ ...region, account });
    Object.assign(snapshot, { regions: [region, far] });
    linkSpec.account = region.account;
    spec.links['far'] = { ...linkSpec, account };
    spec.integrations['far'] = { ...structuredClone(integration), link: 'far' };
    const { securityGroups } = [region, far][at]!;
    securityGroups.find(({ id }) => id === 'sg-lb')!.rules = [];
  });
  const outcomes = outcomesOf(the('path/security-group'), world);
  expect(outcomes.map(({ subject, verdict }) => `${/link (\w+)/.exec(subject)?.[1]} ${verdict}`)).toEqual(expected);
});

/** The checks of one path or target. What a backend is open for depends on all callers that are declared. */
const OF_ONE = CHECKS.filter(({ id }) => /^(?:path|target)\//.test(id) && id !== 'target/exposed');

describe('a path among others', () => {
  /** What is found of each integration. */
  function saidOf(snapshot: Snapshot, spec: Spec): ReadonlyMap<string, readonly string[]> {
    const { input } = prepare(snapshot, spec, { now: 0, passes: false });
    const said = new Map<string, string[]>();
    for (const check of OF_ONE)
      for (const { verdict, integration, code, subject, message, remedy } of check.run(input)) {
        const of = said.get(integration ?? '') ?? [];
        said.set(integration ?? '', of);
        if (verdict !== 'pass') of.push(JSON.stringify([check.id, verdict, code, subject, message, remedy]));
      }
    return said;
  }

  it(
    'has the findings that it has alone: nothing that is kept for one decides another',
    () => {
      const seen = new Set<string>();
      fc.assert(
        fc.property(fc.uniqueArray(fc.nat(CHANGE_COUNT - 1), { maxLength: 4 }), (changes) => {
          const world = crowded(changes);
          const names = Object.keys(world.spec.integrations);
          const alone = new Map(
            names.map((name) => [name, saidOf(world.snapshot, only(world, [name])).get(name) ?? []]),
          );
          for (const of of alone.values())
            seen.add(of.length === 0 ? 'pass' : of.some((one) => one.includes('"fail"')) ? 'fail' : 'unknown');
          for (const order of [names, names.toReversed()]) {
            const together = saidOf(world.snapshot, only(world, order));
            for (const name of names) expect(together.get(name) ?? [], name).toEqual(alone.get(name));
          }
        }),
        { numRuns: runs(20, 3_000), seed: 1 },
      );
      expect([...seen].toSorted()).toEqual(['fail', 'pass', 'unknown']);
    },
    LONG_MS,
  );
});
