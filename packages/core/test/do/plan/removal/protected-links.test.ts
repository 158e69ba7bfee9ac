import { describe, expect, it } from 'vitest';
import type { Link } from '../../../../src/do/model/link.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { Spec } from '../../../../src/do/spec.js';
import { keptProtected, refuseProtectedRoutes } from '../../../../src/do/plan/finish-plan.js';
import { collectProblems } from '../../../../src/do/world/resolve/problems.js';
import { routeKeyOf } from '../../../../src/do/plan/references.js';
import { smallSpec } from '../../../fake-run.js';
import { draftOf, gatewayOf, linkOf, linkPlan, OWN, regionOf, routeOf, TEMPORARY } from './owned.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const ADOPTED = { 'postern:adopted': 'true' };
const PROTECTED = { 'postern:protect': 'true' };

describe('protected links that would be replaced', () => {
  const safe = linkOf(EU, { tags: PROTECTED });

  function keptOf(link: Link, fields: Parameters<typeof linkPlan>[1] = {}, draft = draftOf()) {
    const problems = collectProblems(smallSpec());
    const { kept, notes } = keptProtected(draft, linkPlan(regionOf(), { replaced: [link], ...fields }), problems);
    return { ids: [...kept], notes, check: () => problems.check() };
  }

  it('are refused while there is no replacement, and kept with a note where there is one', () => {
    const { ids, check, notes } = keptOf(safe);
    expect({ ids, notes }).toEqual({ ids: ['l-1'], notes: [] });
    expect(check).toThrow(
      expect.objectContaining({ code: 'PROTECTED', place: expect.objectContaining({ path: 'links.eu' }) }),
    );
    const beside = keptOf(safe, { current: linkOf(EU, { id: 'l-2' }) });
    expect(beside.ids).toEqual(['l-1']);
    expect(beside.check).not.toThrow();
    expect(beside.notes).toEqual(['link l-1 is not declared and is protected: it is kept']);
  });

  it('are those that the spec protects, or their tags', () => {
    expect(keptOf(linkOf(EU)).ids).toEqual([]);
    expect(keptOf(linkOf(EU), { spec: { protect: true } }).ids).toEqual(['l-1']);
    expect(keptOf(linkOf(EU), { spec: { protect: false } }).ids).toEqual([]);
  });

  it.each<[string, Link]>([
    ['was adopted', { ...safe, tags: { ...PROTECTED, ...ADOPTED } }],
    ['is being deleted', { ...safe, state: 'deleting' }],
    ['is kept because it costs money', { ...safe, kind: 'integration-instance' }],
  ])('are not those that %s', (_, link) => {
    const { ids, check } = keptOf(link);
    expect(ids).toEqual([]);
    expect(check).not.toThrow();
  });

  it('are refused where they cost money and may be deleted', () => {
    const instance = { ...safe, kind: 'integration-instance' as const };
    expect(keptOf(instance, {}, draftOf({ deleteInstances: true })).ids).toEqual(['l-1']);
  });
});

describe('routes of a protected integration', () => {
  const orders = smallSpec().integrations['orders']!;

  function refused(
    owner: Owner | undefined,
    { key = 'GET /a', isDeleted = true, protect = true, draft = draftOf() } = {},
  ) {
    const gateway = gatewayOf({ routes: [routeOf(owner, { key })] });
    if (isDeleted) draft.unpublished.add(routeKeyOf(gateway, 'r-1'));
    const spec: Spec = smallSpec({ integrations: { orders: { ...orders, protect } } });
    const problems = collectProblems(spec);
    refuseProtectedRoutes(draft, draft, gateway, spec, problems);
    return () => problems.check();
  }

  it('are not deleted', () => {
    expect(refused(OWN)).toThrow(
      expect.objectContaining({
        code: 'PROTECTED',
        message: 'route GET /a of api-1 is protected',
        remedy: 'Declare that route, or remove `protect` from integration orders first.',
        place: expect.objectContaining({ path: 'integrations.orders' }),
      }),
    );
    expect(refused(OWN, { draft: draftOf({ reason: 'this spec is removed' }) })).toThrow(
      expect.objectContaining({ remedy: 'Remove `protect` from integration orders first.' }),
    );
  });

  it.each<[string, () => void]>([
    ['stay', refused(OWN, { isDeleted: false })],
    ['are not protected', refused(OWN, { protect: false })],
    ['are of an integration that the spec does not have', refused({ ...OWN, integration: 'constructor' })],
    ['are of nobody', refused(undefined)],
    ['tested a link', refused(OWN, { key: TEMPORARY })],
  ])('are not refused where they %s', (_, check) => {
    expect(check).not.toThrow();
  });
});
