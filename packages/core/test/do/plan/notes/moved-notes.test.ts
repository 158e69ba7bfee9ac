import { describe, expect, it } from 'vitest';
import type { Move } from '../../../../src/do/model/moves.js';
import type { Spec } from '../../../../src/do/spec.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import { movedNotes } from '../../../../src/do/plan/notes/moved-notes.js';
import type { Gap, RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import { collectProblems } from '../../../../src/do/world/resolve/problems.js';
import { smallSpec } from '../../../fake-run.js';
import { FOREIGN, gatewayOf, linkOf, OTHER_SPEC, OWN, regionOf, routeOf, targetOf } from '../removal/owned.js';

const move = (kind: Move['kind'], from: string, to: string, integration?: string): Move => ({
  kind,
  from,
  to,
  path: 'moved[0]',
  ...(integration === undefined ? {} : { integration }),
});
const named = (name: string, owner: Owner = OWN): Owner => ({ ...owner, integration: name });
const gap: Gap = { what: 'links', operation: 'GetVpcLinks', code: 'PERMISSION_DENIED', of: 'links' };

function notes(
  moves: readonly Move[],
  region: Partial<RegionSnapshot> = {},
  planned?: (one: Move) => boolean,
  spec: Partial<Spec> = {},
) {
  const of = { ...smallSpec({ spec: 'orders-1' }), moved: moves, ...spec };
  const problems = collectProblems(of);
  const snapshot = { version: 1, takenAt: '', regions: [regionOf(region), regionOf()] } as const;
  const told = movedNotes(of, snapshot, problems, planned);
  problems.check();
  return told;
}

describe('an entry of renamed keys', () => {
  const LINK = move('link', 'old', 'eu');
  const INTEGRATION = move('integration', 'old', 'orders');
  const TARGET = move('target', 'old', 't', 'orders');
  const done = (text: string) => [`moved[0] (${text}): no mark has the former name; remove the entry`];
  const GONE = { link: done('links.old → links.eu'), integration: done('integrations.old → integrations.orders') };

  it('is carried out where no mark has the former name', () => {
    expect(notes([LINK])).toEqual(GONE.link);
    expect(notes([INTEGRATION])).toEqual(GONE.integration);
    expect(notes([TARGET])).toEqual(done('integrations.orders.targets.old → integrations.orders.targets.t'));
    expect(notes([])).toEqual([]);
    expect(notes([], {}, undefined, { moved: undefined })).toEqual([]);
  });

  it('is not while a link, a route or an integration of a gateway has it', () => {
    expect(notes([LINK], { links: [linkOf(named('old'))] })).toEqual([]);
    expect(notes([LINK], { links: [linkOf(named('old'), { state: 'deleting' })] })).toEqual(GONE.link);
    expect(notes([INTEGRATION], { links: [linkOf(named('old'))] })).toEqual(GONE.integration);
    expect(notes([INTEGRATION], { gateways: [gatewayOf({ routes: [routeOf(named('old'))] })] })).toEqual([]);
    const integrations = [{ id: 'i-1', owner: named('old') }];
    expect(notes([INTEGRATION], { gateways: [gatewayOf({ integrations })] })).toEqual([]);
    expect(notes([LINK], { gateways: [gatewayOf({ routes: [routeOf(named('old'))] })] })).toEqual(GONE.link);
    for (const owner of [OTHER_SPEC, FOREIGN])
      expect(notes([LINK], { links: [linkOf(named('old', owner))] })).toEqual(GONE.link);
    expect(notes([LINK], { links: [linkOf(undefined), linkOf(named('other'), { id: 'l-2' })] })).toEqual(GONE.link);
  });

  it('is not where something could not be read', () => {
    expect(notes([LINK], { gaps: [gap] })).toEqual([]);
    expect(notes([LINK], { unread: { code: 'X', message: 'x' } as never })).toEqual([]);
  });

  it('is left out where the plan does not include it', () => {
    expect(notes([LINK, INTEGRATION], {}, ({ kind }) => kind === 'link')).toEqual(GONE.link);
  });

  const kept = 'the name and the mark of t-1 cannot be changed, and stay';
  const own = 'this spec owns it by its identity, so remove the entry';

  it('names targets that keep the former name, and what to do with the entry', () => {
    const targets = [targetOf(named('old'))];
    expect(notes([INTEGRATION], { targets })).toEqual([
      `moved[0] (integrations.old → integrations.orders): ${kept}; ${own}`,
    ]);
    const renamed = [targetOf({ ...named('orders'), name: 'old' })];
    const entry = 'moved[0] (integrations.orders.targets.old → integrations.orders.targets.t)';
    expect(notes([TARGET], { targets: renamed })).toEqual([`${entry}: ${kept}; ${own}`]);
    expect(notes([INTEGRATION], { targets, gaps: [gap] })).toEqual([
      `moved[0] (integrations.old → integrations.orders): ${kept}`,
    ]);
  });

  it('names a target also under a former name of its integration, and no others', () => {
    const both = [TARGET, move('integration', 'before', 'orders')];
    const of = (owner: Owner) =>
      notes(both, { targets: [targetOf(owner)] }).filter((one) => one.includes('targets.old'));
    expect(of({ ...named('before'), name: 'old' })).toEqual([expect.stringContaining(kept)]);
    for (const owner of [
      { ...named('orders'), name: 'other' },
      { ...named('bills'), name: 'old' },
      { ...named('orders', OTHER_SPEC), name: 'old' },
      { ...named('orders', FOREIGN), name: 'old' },
    ])
      expect(of(owner)).toEqual([expect.stringContaining('no mark has the former name')]);
    expect(notes([LINK], { targets: [targetOf(named('old')), targetOf(undefined, { id: 't-2' })] })).toEqual(GONE.link);
  });

  it('with a misspelled name of an integration is refused, with the name that marks have', () => {
    const marked = (name: string, fields: object = {}) => ({
      gateways: [gatewayOf({ routes: [routeOf(named(name), { key: 'ANY /orders', ...fields })] })],
    });
    const misspelled = [move('integration', 'ordrs', 'orders')];
    const refused = (region: Partial<RegionSnapshot>) => () => notes(misspelled, region);
    expect(refused(marked('order'))).toThrow(
      expect.objectContaining({
        code: 'NOT_FOUND',
        message: 'no route of this spec has the name ordrs in its mark',
        remedy: 'Write integrations.order, or remove the entry.',
        place: { path: 'moved[0].from' },
        details: { names: ['order'] },
      }),
    );
    expect(refused(marked('something-else'))).toThrow(
      expect.objectContaining({ remedy: 'Write integrations.something-else, or remove the entry.' }),
    );
    const text = done('integrations.ordrs → integrations.orders');
    expect(notes(misspelled, marked('orders'))).toEqual(text);
    expect(notes(misspelled, marked('order', { key: 'GET /other' }))).toEqual(text);
    expect(notes(misspelled, { gateways: [gatewayOf({ ...marked('order').gateways[0]!, id: 'api-2' })] })).toEqual(
      text,
    );
    const others = [
      gatewayOf({
        routes: [routeOf(named('order', FOREIGN), { key: 'ANY /orders' }), routeOf(undefined, { key: 'ANY /orders' })],
      }),
    ];
    expect(notes(misspelled, { gateways: others })).toEqual(text);
    expect(notes([move('link', 'ordrs', 'eu')], marked('order'))).toEqual(done('links.ordrs → links.eu'));
    expect(notes([...misspelled, move('integration', 'order', 'orders')], marked('order'))).toEqual(text);
    expect(notes([move('integration', 'ordrs', 'gone')], marked('order'))).toEqual(
      done('integrations.ordrs → integrations.gone'),
    );
  });
});
