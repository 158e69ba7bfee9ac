import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodePlan } from '../../../src/entries/decode.js';
import { PLAN_VERSION } from '../../../src/do/plan/plan.js';
import { doneOf } from '../../fake-run.js';
import { applyScene, PLAN_SCENES, planScene } from './plan-scenes.js';

/** Plans that a version before units had a kind wrote, by scene. */
const OLDER = JSON.parse(readFileSync(new URL('fixtures/plans-1.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, object>
>;

/** Without the words of reasons, which differ from version to version, and without waits and tests, which are newer. */
const wordless = (key: string, value: unknown): unknown =>
  key === 'reason' ? '' : key === 'drainMs' || key === 'unusedMs' || key === 'leaves' ? undefined : value;

describe('a plan file of version 1', () => {
  it.each(Object.keys(PLAN_SCENES))('%s: is read as the plan that is computed now, and applied', async (name) => {
    const scene = await PLAN_SCENES[name]!();
    const older = decodePlan(JSON.stringify(OLDER[name]));
    const now = await planScene(scene);
    expect(older.version).toBe(PLAN_VERSION);
    // The gateway of the fake cloud for instances has another kind than gateways of a real cloud.
    expect(JSON.parse(JSON.stringify(older.units).replaceAll('"api-group"', '"http-api"'), wordless)).toEqual(
      JSON.parse(JSON.stringify(now.units), wordless),
    );
    expect(doneOf(await applyScene(scene, older))).toMatchObject({ failed: 0, skipped: 0 });
    expect((await planScene(scene)).units.map(({ kind }) => kind)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['no ID', { steps: [] }],
    ['an ID of no kind', { id: 'poll:aws', steps: [] }],
    ['no unit', 7],
  ])('with %s is refused', (_, unit) => {
    const text = JSON.stringify({ ...OLDER['create'], units: [unit] });
    expect(() => decodePlan(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
