import { describe, expect, it } from 'vitest';
import { refuseCallers, refuseCallersOfTarget, refuseNewCallers } from '../../../src/apply/units/new-callers.js';
import { createContext } from '../../../src/context.js';
import type { Gateway } from '../../../src/model/gateway.js';
import type { Allowlist } from '../../../src/model/allowlist.js';
import type { RegionSnapshot } from '../../../src/snapshot/snapshot.js';
import { gatewayOf, linkOf, OWN, regionOf, routeOf } from '../../plan/removal/owned.js';
import { planStep, unitScene } from './scene.js';

const LINK = { kind: 'vpc-link-v2', id: 'l-1' } as const;
const AT = 'route GET /a of api-1';

const sceneOf = (now: Partial<RegionSnapshot>, tools: Parameters<typeof unitScene>[0] = {}) => ({
  ...unitScene({ ...tools, observe: async () => regionOf(now) }).tools,
});
const of = (...gateways: readonly Gateway[]): Partial<RegionSnapshot> => ({ gateways });
const HTTP = gatewayOf({ routes: [routeOf(undefined)] });
const group = (stages: readonly string[]): Gateway =>
  gatewayOf({ kind: 'api-group', linkId: 'l-1', routes: [routeOf(undefined, { stages })] });

describe('before the deletion of a link', () => {
  const look = (now: Partial<RegionSnapshot>) => refuseCallers(sceneOf(now), LINK, createContext());

  it.each([
    ['a route that uses it', of(HTTP), AT],
    ['an API that is published', of(group(['RELEASE'])), `${AT} (RELEASE)`],
  ])('refuses %s', async (_name, now, text) => {
    await expect(look(now)).rejects.toMatchObject({
      code: 'STILL_REFERENCED',
      details: { dependents: [text] },
    });
  });

  it.each([
    ['nothing', of()],
    ['a route of another link', of(gatewayOf({ routes: [routeOf(undefined, { linkId: 'l-2' })] }))],
    ['an integration without routes', of(gatewayOf({ integrations: [{ id: 'i-1', linkId: 'l-1' }] }))],
    ['a draft of a group that is on it', of(group([]))],
  ])('accepts %s', async (_name, now) => {
    await expect(look(now)).resolves.toBeUndefined();
  });

  it('refuses where gateways could not be read', async () => {
    const gap = { resource: 'gateways', code: 'ACCESS_DENIED', message: 'denied' } as const;
    await expect(look({ gaps: [gap as never] })).rejects.toMatchObject({ code: 'INCOMPLETE_LIST' });
  });
});

it('refuses to delete a target that a route uses', async () => {
  const look = (targetId: string) => refuseCallersOfTarget(sceneOf(of(HTTP)), LINK, targetId, createContext());
  await expect(look('t-1')).rejects.toMatchObject({ code: 'STILL_REFERENCED', details: { dependents: [AT] } });
  await expect(look('t-2')).resolves.toBeUndefined();
});

describe('before an allowlist is narrowed', () => {
  const list = (linkId: string): Allowlist => ({ linkId, securityGroupId: 'sg', owned: true, entries: [] }) as never;
  const OLD = linkOf(OWN, { id: 'l-2' });
  const shared = { links: [linkOf(OWN), OLD], allowlists: [list('l-1'), list('l-2')] };
  const look = (before: Partial<RegionSnapshot>, now: Partial<RegionSnapshot>, written: readonly string[] = []) => {
    const tools = {
      planned: regionOf({ ...shared, ...before }),
      routeSteps: () => written.map((key) => planStep(key, 'create', 'route', {})),
    };
    return refuseNewCallers(sceneOf(now, { tools }), LINK, createContext());
  };
  const other = gatewayOf({ routes: [routeOf(undefined, { linkId: 'l-2' })] });
  const moved = gatewayOf({ routes: [routeOf(undefined, { targetId: 't-2' })] });

  it.each([
    ['a route that came', {}, of(HTTP)],
    ['a route that leads to another target now', of(HTTP), of(moved)],
    ['a route of another link with the same security group', {}, of(other)],
  ])('refuses %s', async (_name, before, now) => {
    await expect(look(before, now)).rejects.toMatchObject({ code: 'STILL_REFERENCED', details: { dependents: [AT] } });
  });

  it('accepts what the plan saw, and what the run wrote', async () => {
    await expect(look(of(HTTP), of(HTTP))).resolves.toBeUndefined();
    await expect(look({}, of(HTTP), ['GET /a'])).resolves.toBeUndefined();
  });
});
