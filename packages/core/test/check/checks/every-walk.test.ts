import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/check/checks/explain.js';
import { check } from '../../../src/check/checks/run.js';
import { runs } from '../../runs.js';
import { ALIBABA_FAULTS } from './alibaba-faults.js';
import { AWS_FAULTS } from './aws-faults.js';
import type { Fault } from './faults.js';
import { lossesOf } from './losses.js';
import { alibabaWorld, awsWorld, type World } from './world.js';
import { CLOUDS } from '../../clouds.js';

const worlds: readonly [string, () => World, readonly Fault[]][] = [
  ['AWS', awsWorld, AWS_FAULTS],
  ['Alibaba Cloud', alibabaWorld, ALIBABA_FAULTS],
];

/** Targets whose calls do not arrive, or may not arrive, without a finding that reports it. */
function silent({ snapshot, spec }: World): readonly string[] {
  const { findings } = check(snapshot, spec, { clouds: CLOUDS });
  const said = findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'error');
  return Object.keys(spec.integrations).flatMap((integration) =>
    explain(snapshot, spec, { clouds: CLOUDS, integration }).flatMap(({ target, verdict }) => {
      const mine = said.filter((one) => one.integration === integration || one.integration === null);
      const isSaid = mine.some((one) => verdict === 'unknown' || one.verdict === 'fail');
      return verdict === 'pass' || isSaid ? [] : [`${integration} → ${target}: ${verdict}`];
    }),
  );
}

describe.each(worlds)('a path that stops, on %s', (_, worldOf, faults) => {
  it('ends in a finding of severity error or in an unknown, whatever could not be read', () => {
    const some = fc.uniqueArray(fc.constantFrom(...faults), { minLength: 0, maxLength: 3 });
    fc.assert(
      fc.property(some, fc.array(fc.nat(), { maxLength: 3 }), (wrong, picks) => {
        const world = worldOf();
        for (const [, change] of wrong) change(world);
        for (const pick of picks) {
          const losses = lossesOf(world);
          losses[pick % losses.length]?.[1](world);
        }
        expect(silent(world)).toEqual([]);
      }),
      { numRuns: runs(20, 20_000), seed: 20_261_120 },
    );
  });
});

describe('a refused permission turns no failure into a pass', () => {
  it('fails for a stopped instance behind a plain address, whose interfaces could not be read', () => {
    const world = alibabaWorld(({ integration, the, withhold }) => {
      integration.targets = { orders: { ref: { address: '10.0.20.5', port: 8080 } } };
      integration.routes = {};
      Object.assign(the('instances', 'i-1'), { state: 'stopped', nativeState: 'Stopped' });
      withhold('interfaces', 'ecs:DescribeNetworkInterfaces');
    });
    const failed = check(world.snapshot, world.spec, { clouds: CLOUDS }).findings.filter(
      ({ verdict, severity }) => verdict === 'fail' && severity === 'error',
    );
    expect(failed.map(({ message }) => message)).toEqual([expect.stringContaining('i-1 is Stopped')]);
  });

  it.each([
    ['everything could be read', undefined],
    ['instances could not be read', 'ecs:DescribeInstances'],
  ])('the resource at an address that no interface holds is unknown on Alibaba Cloud where %s', (_, permission) => {
    const world = alibabaWorld(({ region, integration, withhold }) => {
      for (const one of region.interfaces) one.prefixes = [];
      integration.targets = { orders: { ref: { address: '10.0.20.77', port: 8080 } } };
      integration.routes = {};
      if (permission !== undefined) withhold('instances', permission);
    });
    const found = check(world.snapshot, world.spec, { clouds: CLOUDS }).findings.filter(
      ({ check: id, verdict, severity }) => id.startsWith('path/') && verdict !== 'pass' && severity === 'error',
    );
    expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
    expect(found.map(({ check: id }) => id)).toContain('path/security-group');
    for (const { remedy } of found) expect(remedy).toContain(permission ?? 'by hand');
  });
});
