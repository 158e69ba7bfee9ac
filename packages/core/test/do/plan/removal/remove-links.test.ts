import { take } from './owned.js';
import { unitsOf } from '../../../../src/do/plan/plan-scope.js';
import { describe, expect, it } from 'vitest';
import type { Allowlist } from '../../../../src/do/model/allowlist.js';
import type { Gateway } from '../../../../src/do/model/gateway.js';
import type { Link } from '../../../../src/do/model/link.js';
import type { Draft } from './owned.js';
import { ownGroup } from '../../../../src/do/plan/links/link-plan.js';
import { keptForMoney, removeLinks, type LinkRemoval } from '../../../../src/do/plan/removal/remove-links.js';
import { inputOf } from '../../../../src/do/plan/step-input.js';
import { routeKeyOf, unitRef } from '../../../../src/do/plan/references.js';
import type { RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import {
  draftOf,
  FOREIGN,
  gatewayOf,
  groupOf,
  idsOf,
  linkOf,
  COPY,
  OTHER_SPEC,
  OWN,
  regionOf,
  routeOf,
  stepsOf,
} from './owned.js';

const list = (linkId: string, fields: Partial<Allowlist> = {}): Allowlist => ({
  linkId,
  owned: true,
  securityGroupId: 'sg-own',
  entries: [],
  wider: [],
  ...fields,
});

const removal = (link: Link, fields: Partial<LinkRemoval> = {}): LinkRemoval => ({
  link,
  unit: unitRef('link-removal', 'eu', link.id),
  reason: 'why',
  release: true,
  ...fields,
});

/** Removes link l-1 of the spec in a region with these gateways. */
function removed(gateways: readonly Gateway[] = [], draft: Draft = draftOf(), fields: Partial<RegionSnapshot> = {}) {
  const link = linkOf(OWN);
  const region = regionOf({ links: [link], gateways, ...fields });
  const { kept, part } = removeLinks(draft, draft, region, [removal(link)]);
  take(draft, part);
  return { kept, notes: draft.notes, ids: idsOf(draft), units: unitsOf(draft.units) };
}

describe('a link that is deleted', () => {
  it('is one step, after the units that its removal awaits', () => {
    const draft = draftOf();
    const link = linkOf(OWN);
    const region = regionOf({ links: [link] });
    draft.units.push({ unit: unitRef('link', 'eu'), region: region, steps: [{ id: 'first' } as never] });
    const after = ['link:eu', 'link:none'];
    const { kept, part } = removeLinks(draft, draft, region, [removal(link, { after, timeoutMs: 7 })]);
    expect(kept).toEqual([]);
    take(draft, part);
    expect(draft.notes).toEqual([]);
    expect(unitsOf(draft.units)).toMatchObject([{ id: 'link:eu' }, { id: 'link:eu/l-1', dependsOn: ['link:eu'] }]);
    expect(stepsOf(draft)[1]).toMatchObject({ id: 'delete link orders (l-1)', reason: 'why; its name is orders' });
    expect(stepsOf(draft)[1]!.input).toMatchObject({ timeoutMs: 7 });
  });

  it('goes after the routes that leave it, and after the time of their calls', () => {
    const draft = draftOf();
    const gateway = gatewayOf({ routes: [routeOf(OWN)] });
    draft.leaving.set(routeKeyOf(gateway, 'r-1'), 'integration:orders');
    draft.units.push({ unit: unitRef('integration', 'orders'), region: regionOf(), steps: [{ id: 'move' } as never] });
    const { kept, units } = removed([gateway], draft);
    expect(kept).toEqual([]);
    expect(units.at(-1)).toMatchObject({
      id: 'link:eu/l-1',
      dependsOn: ['integration:orders'],
      steps: [{ drainMs: 35_000 }],
    });
  });

  it('without a mark is not deleted', () => {
    const draft = draftOf();
    const link = linkOf(undefined);
    expect(removeLinks(draft, draft, regionOf({ links: [link] }), [removal(link)]).kept).toEqual([]);
    expect(idsOf(draft)).toEqual([]);
  });

  it('goes after the removal of integrations that no route uses', () => {
    const gateway = gatewayOf({ integrations: [{ id: 'i-1', linkId: 'l-1', owner: OWN }] });
    const draft = draftOf();
    const unit = unitRef('gateway', 'aws/eu-west-1/http-api/api-1');
    draft.units.push({ unit: unit, region: regionOf(), steps: [{ id: 'sweep' } as never] });
    expect(removed([gateway], draft).units.at(-1)).toMatchObject({ dependsOn: [unit.id] });
    const other = draftOf();
    other.units.push({ unit: unit, region: regionOf(), steps: [{ id: 'deploy' } as never] });
    expect(removed([gatewayOf()], other).units.at(-1)).toMatchObject({ dependsOn: [] });
  });
});

describe('a link that is kept', () => {
  it.each<[string, Parameters<typeof removed>, string]>([
    [
      'a route uses it that stays',
      [[gatewayOf({ routes: [routeOf(FOREIGN)] })]],
      'route GET /a of api-1 still uses it; delete or move that route, then run again',
    ],
    [
      'not all gateways were read',
      [[], draftOf({ scope: undefined }), { whole: [] }],
      'other gateways were not read, and may use it',
    ],
    [
      'an integration uses it that a plan of a part does not delete',
      [[gatewayOf({ integrations: [{ id: 'i-1', linkId: 'l-1', owner: OWN }] })], draftOf({ isPart: true })],
      'integration i-1 of api-1 uses it; plan the whole spec to delete both',
    ],
    [
      'an integration of another project uses it',
      [[gatewayOf({ integrations: [{ id: 'i-1', linkId: 'l-1', owner: FOREIGN }] })]],
      'integration i-1 of api-1 uses it and is owned by project crm',
    ],
    [
      'an integration of another spec uses it',
      [[gatewayOf({ integrations: [{ id: 'i-1', linkId: 'l-1', owner: OTHER_SPEC }] })]],
      'integration i-1 of api-1 uses it and is owned by another spec (bills-2) of project shop',
    ],
    [
      'an unmanaged integration uses it',
      [[gatewayOf({ integrations: [{ id: 'i-1', linkId: 'l-1' }] })]],
      'integration i-1 of api-1 uses it and is unmanaged',
    ],
  ])('because %s', (_, given, why) => {
    const note = `link l-1 is kept: ${why}`;
    expect(removed(...given)).toMatchObject({ kept: [note], notes: [note], ids: [] });
  });

  it('because of an integration that no route uses, whatever integrations the routes use', () => {
    const routes = [routeOf(FOREIGN, { linkId: 'l-2', integrationId: 'i-9' })];
    const gateway = gatewayOf({ routes, integrations: [{ id: 'i-1', linkId: 'l-1', owner: FOREIGN }] });
    expect(removed([gateway]).kept).toHaveLength(1);
  });

  it('because of an integration whose mark may be a copy, unless `prune`', () => {
    const gateway = gatewayOf({ integrations: [{ id: 'i-1', linkId: 'l-1', owner: { ...OWN, unbound: true } }] });
    expect(removed([gateway]).kept).toHaveLength(1);
    expect(removed([gateway], draftOf({ prune: true })).kept).toEqual([]);
  });

  it('is deleted where the integration has another link, or a route of the same gateway uses it', () => {
    const elsewhere = gatewayOf({ integrations: [{ id: 'i-1', linkId: 'l-2', owner: FOREIGN }] });
    expect(removed([elsewhere]).kept).toEqual([]);
    expect(removed([elsewhere], draftOf({ isPart: true })).kept).toEqual([]);
    const used = gatewayOf({
      routes: [routeOf(FOREIGN, { linkId: 'l-2', integrationId: 'i-1' })],
      integrations: [{ id: 'i-1', linkId: 'l-1', owner: FOREIGN }],
    });
    expect(removed([used]).kept).toEqual([]);
  });
});

describe('a group that links share', () => {
  const [a, b, c] = ['l-1', 'l-2', 'l-3'].map((id) => linkOf(OWN, { id })) as [Link, Link, Link];

  function steps(links: readonly Link[], going: readonly Link[], lists: readonly Allowlist[], release = true) {
    const draft = draftOf();
    const removals = going.map((link) => removal(link, { release }));
    const { part } = removeLinks(draft, draft, regionOf({ links, allowlists: lists }), removals);
    return unitsOf(part.units).map(({ dependsOn, steps: [step] }) => ({
      release: 'release' in inputOf(step!, 'delete link'),
      after: dependsOn,
    }));
  }

  it('is deleted by the last link that leaves', () => {
    expect(steps([a, b, c], [a, b], [list('l-1'), list('l-2')])).toEqual([
      { release: false, after: [] },
      { release: true, after: ['link:eu/l-1'] },
    ]);
  });

  it('is kept where another link has it, or the caller keeps it', () => {
    const lists = [list('l-1'), list('l-2')];
    expect(steps([a, b], [a], lists)).toEqual([{ release: false, after: [] }]);
    expect(steps([a, b], [a, b], lists, false)).toEqual([
      { release: false, after: [] },
      { release: false, after: ['link:eu/l-1'] },
    ]);
  });

  it('is not shared where the group differs, or is not managed', () => {
    const alone = { release: true, after: [] };
    expect(steps([a, b], [a, b], [list('l-1'), list('l-2', { securityGroupId: 'sg-2' })])).toEqual([alone, alone]);
    expect(steps([a, b], [a], [list('l-1'), list('l-2', { owned: false })])).toEqual([alone]);
    expect(steps([a, b], [a, b], [])).toEqual([
      { release: false, after: [] },
      { release: false, after: [] },
    ]);
  });

  it('is the group of the allowlist, where that is managed', () => {
    expect(ownGroup(regionOf({ allowlists: [list('l-1')] }), a)).toBe('sg-own');
    expect(ownGroup(regionOf({ allowlists: [list('l-1', { owned: false })] }), a)).toBeUndefined();
    expect(ownGroup(regionOf(), a)).toBeUndefined();
  });

  it('has its mark completed before the link is deleted that proves it', () => {
    const marked = (release: boolean) => {
      const draft = draftOf();
      const securityGroups = [groupOf({ ...OWN, unbound: true })];
      const region = regionOf({ links: [a], allowlists: [list('l-1')], securityGroups });
      return idsOf(removeLinks(draft, draft, region, [removal(a, { release })]).part);
    };
    expect(marked(true)).toEqual(['mark allowlist orders (sg-own)', 'delete link orders (l-1)']);
    expect(marked(false)).toEqual(['delete link orders (l-1)']);
  });
});

describe('a link that costs money', () => {
  const instance = (fields: Partial<Link> = {}): Link => linkOf(OWN, { kind: 'integration-instance', ...fields });
  const consent = '; --delete-instances also deletes it';

  it('is kept without consent', () => {
    expect(keptForMoney(draftOf(), regionOf({}), instance())).toBe(
      `link l-1 (orders) is kept: a replacement would have to be bought${consent}`,
    );
    expect(keptForMoney(draftOf(), regionOf({}), instance(), 'l-2')).toBe(
      `link l-1 (orders) is kept: another run created it, too, and it costs money although l-2 is used${consent}`,
    );
    const draft = draftOf();
    const { kept, part } = removeLinks(draft, draft, regionOf({ links: [instance()] }), [removal(instance())]);
    expect(kept).toEqual([]);
    expect(part.notes).toHaveLength(1);
    expect(idsOf(part)).toEqual([]);
  });

  it('is deleted with consent, and where it is being deleted already', () => {
    expect(keptForMoney(draftOf({ deleteInstances: true }), regionOf({}), instance())).toBeUndefined();
    expect(keptForMoney(draftOf({ deleteInstances: false }), regionOf({}), instance())).toBeDefined();
    expect(keptForMoney(draftOf(), regionOf({}), instance({ state: 'deleting' }))).toBeUndefined();
    expect(keptForMoney(draftOf(), regionOf({}), linkOf(OWN))).toBeUndefined();
  });

  describe('and is not sold any more', () => {
    const ended = regionOf({
      links: [instance()],
      retirement: [{ at: '2026-05-01T00:00:00+08:00', what: 'new instances are no longer sold', ends: 'sale' }],
    });
    const why = 'it can never be bought again: new instances are no longer sold as of 2026-05-01';

    it.each([undefined, true, ['l-2']])('is kept with %j as consent', (deleteInstances) => {
      expect(keptForMoney(draftOf({ deleteInstances }), ended, instance())).toBe(
        `link l-1 (orders) is kept: ${why}; --delete-instances l-1 also deletes it`,
      );
    });

    it('is deleted by its ID, and the step says that it is final', () => {
      const draft = draftOf({ deleteInstances: ['l-1'] });
      const { part } = removeLinks(draft, draft, ended, [removal(instance())]);
      expect(stepsOf(part).filter(({ kind }) => kind === 'delete')).toMatchObject([{ warning: why }]);
    });
  });
});

it('the owner of a link that is deleted: is that of its group, where its mark lost the spec', () => {
  const link = linkOf(COPY);
  const draft = draftOf();
  const region = regionOf({ links: [link], allowlists: [list('l-1')], securityGroups: [groupOf(OWN)] });
  const { part } = removeLinks(draft, draft, region, [removal(link)]);
  const { owner } = inputOf(stepsOf(part)[0]!, 'delete link');
  expect(owner.spec).toBe('orders-1');
});
