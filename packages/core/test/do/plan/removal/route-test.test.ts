import { describe, expect, it } from 'vitest';
import type { Owner } from '../../../../src/do/model/owner.js';
import { isRouteTest } from '../../../../src/do/plan/removal/remove-routes.js';
import { FOREIGN, NO_SPEC, OTHER_SPEC, OWN, TEMPORARY } from './owned.js';

describe('a route that a test of a link may have left', () => {
  const by = { project: 'shop', spec: 'orders-1' };
  const isLeft = (owner: Owner | undefined, key = TEMPORARY): boolean => isRouteTest({ key, owner }, by);

  it('has the path of a test and a mark of the project that names no spec', () => {
    expect(isLeft(NO_SPEC)).toBe(true);
    expect(isLeft({ ...NO_SPEC, unbound: false })).toBe(true);
  });

  it('has no other path, no mark of a spec or of another project, and no mark that may be a copy', () => {
    expect(isLeft(NO_SPEC, 'GET /a')).toBe(false);
    for (const owner of [OWN, OTHER_SPEC, FOREIGN, undefined]) expect(isLeft(owner)).toBe(false);
    expect(isLeft({ ...NO_SPEC, unbound: true })).toBe(false);
    expect(isLeft({ ...OWN, unbound: true })).toBe(false);
  });
});
