import { describe, expect, it } from 'vitest';
// @ts-expect-error -- a script, without types
import { circleOfFiles, circles, layerProblem } from '../layers.mjs';

describe('the layers of core', () => {
  it.each([
    ['plan/diff.ts', 'checks/run.ts', 'plan is not above checks'],
    ['checks/link/quota.ts', 'plan/plan.ts', 'of plan, checks imports nothing'],
    ['checks/link/quota.ts', 'migrate/validate.ts', 'checks is not above migrate'],
    ['migrate/validate.ts', 'checks/run.ts', undefined],
    ['adapter/index.ts', 'checks/run.ts', 'of checks, adapter imports nothing'],
    ['migrate/validate.ts', 'checks/link/quota.ts', 'of checks, others import'],
    ['world/views.ts', 'path/step.ts', 'world is not above path'],
    ['fresh/one.ts', 'errors.ts', 'core/src/fresh has no layer'],
    ['errors.ts', 'error-codes.ts', undefined],
  ])('%s imports %s: %s', (file, target, expected) => {
    if (expected === undefined) expect(layerProblem(file, target)).toBeUndefined();
    else expect(layerProblem(file, target)).toContain(expected);
  });

  it('finds folders of one level that import each other in a cycle, and no others', () => {
    expect(
      circles([
        ['path/routes/a.ts', 'path/acls/b.ts'],
        ['path/acls/b.ts', 'path/groups/c.ts'],
        ['path/groups/c.ts', 'path/routes/a.ts'],
      ]),
    ).toEqual(['path: routes → acls → groups → routes']);
    expect(
      circles([
        ['path/routes/a.ts', 'path/step.ts'],
        ['path/step.ts', 'path/routes/a.ts'],
        ['plan/a.ts', 'world/b.ts'],
      ]),
    ).toEqual([]);
  });

  it('finds files that import each other in a circle, whatever their folders', () => {
    expect(
      circleOfFiles([
        ['path/leg.ts', 'path/acls/a.ts'],
        ['path/acls/a.ts', 'path/acls/b.ts'],
        ['path/acls/b.ts', 'path/acls/a.ts'],
      ]),
    ).toBe('path/acls/a.ts → path/acls/b.ts → path/acls/a.ts');
    expect(circleOfFiles([['path/leg.ts', 'path/acls/a.ts']])).toBeUndefined();
  });
});
