import { describe, expect, it } from 'vitest';
import { type AwaitedTwin, oldestLink } from '../../../../src/do/apply/units/second-look.js';
import type { Scope } from '../../../../src/do/driver.js';
import { exhaust } from '../../../../src/ground/calls/retry.js';
import type { Link } from '../../../../src/do/model/link.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { Gap } from '../../../../src/do/snapshot/snapshot.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { linkOf, OWN, regionOf } from '../../plan/removal/owned.js';
import { outcomeOf, cloudError, planStep, unitScene } from './scene.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const OWNER: Owner = { ...EU, specHash: linkHash(EU, { subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'] }) };
const STEP = planStep('create link eu', 'create', 'link', {});
const at = (id: string, minute: number, fields: Partial<Link> = {}): Link =>
  linkOf(EU, { id, createdAt: `2026-06-01T00:0${minute}:00.000Z`, ...fields });

/** What becomes of link `l-2`, which this run created, where lists show these links after the wait. */
async function looked(
  links: readonly Link[] | (() => readonly Link[]),
  {
    watchedMs = 5_000,
    except = [],
    deletion,
    gaps = [],
    abortAt,
    failed,
    hasFailed,
    created = true,
    costs,
    failures = Infinity,
  }: Given = {},
) {
  const deleted: unknown[] = [];
  const scopes: Scope[] = [];
  const scene = unitScene({
    traits: { stalenessMs: 30_000, pollMs: 5_000, ...(costs && { linksCostMoney: true }) },
    ...(abortAt === undefined ? {} : { abortAt }),
    observe: async (scope) => {
      scopes.push(scope);
      if (failed !== undefined && scopes.length <= failures) throw failed;
      return regionOf({ links: typeof links === 'function' ? links() : links, gaps });
    },
    links: {
      delete: async (ref) => {
        deleted.push(ref);
        if (deletion !== undefined) throw deletion;
      },
    },
  });
  const link = { kind: 'vpc-link-v2', id: 'l-2' } as const;
  const awaited: AwaitedTwin = { link, owner: OWNER, created, watchedMs, except, hasFailed };
  const outcome = await outcomeOf(oldestLink(STEP, scene.tools, awaited));
  return { outcome, kept: outcome.ok ? outcome.value.id : undefined, deleted, scopes, ...scene };
}

interface Given {
  readonly watchedMs?: number;
  readonly except?: readonly string[];
  readonly deletion?: Error;
  readonly hasFailed?: boolean;
  readonly created?: boolean;
  readonly costs?: boolean;
  readonly failed?: Error;
  /** How many looks fail with it; all without. */
  readonly failures?: number;
  readonly gaps?: readonly Gap[];
  readonly abortAt?: string;
}

describe('a link that a run created, looked at again once lists must show those of other runs', () => {
  it('is read after the time that it was not watched for, with all links of its kind and spec', async () => {
    const { log, scopes } = await looked([at('l-2', 1)]);
    expect(log).toEqual(['create link eu: lists: 30000', 'observe']);
    expect(scopes).toEqual([{ project: 'shop', spec: 'orders-1', linkKinds: ['vpc-link-v2'] }]);
    expect((await looked([at('l-2', 1)], { watchedMs: 35_000 })).log).toEqual(['observe']);
  });

  it('is kept where it is the only one, the oldest, or of equally old ones the first by ID', async () => {
    for (const links of [
      [at('l-2', 1)],
      [at('l-2', 1), at('l-1', 2)],
      [at('l-3', 2), at('l-2', 1)],
      [at('l-3', 1), at('l-2', 1)],
    ])
      expect(await looked(links, { costs: true })).toMatchObject({ kept: 'l-2', deleted: [], told: [] });
  });

  it('is kept, and a younger one of another run is deleted that is still there after twice the lag', async () => {
    const { kept, deleted, log } = await looked([at('l-2', 1), at('l-3', 2), at('l-1', 3)]);
    expect({ kept, deleted }).toMatchObject({ kept: 'l-2', deleted: [{ id: 'l-3' }, { id: 'l-1' }] });
    expect(log[2]).toBe('create link eu: other runs: 60000');
    // The run that created it has deleted it, which no permission prevents.
    let looks = 0;
    const links = () => (looks++ === 0 ? [at('l-2', 1), at('l-3', 2)] : [at('l-2', 1)]);
    expect(await looked(links)).toMatchObject({ kept: 'l-2', deleted: [] });
    const denied = await looked([at('l-2', 1), at('l-3', 2)], { deletion: cloudError('PERMISSION_DENIED') });
    expect(denied).toMatchObject({ kept: 'l-2', outcome: { ok: true } });
    expect(denied.told[1]).toMatch(/link l-3 is kept: X: refused/);
  });

  it('of another run is left for the oldest, and deleted only after its run had time to delete it', async () => {
    const { kept, deleted, log } = await looked([at('l-1', 0), at('l-2', 1)], { created: false });
    expect({ kept, deleted }).toEqual({ kept: 'l-1', deleted: [] });
    expect(log).toEqual(['create link eu: lists: 30000', 'observe']);
  });

  it('is looked for again where the calls of a look fail for minutes', async () => {
    const failed = exhaust(cloudError('THROTTLED'));
    const links = [at('l-1', 0), at('l-2', 1)];
    expect(await looked(links, { failed, failures: 2 })).toMatchObject({ kept: 'l-1', scopes: { length: 3 } });
    expect(await looked(links, { failed, failures: 3 })).toMatchObject({
      outcome: { ok: false },
      scopes: { length: 3 },
    });
  });

  it('is deleted when its turn comes, however often the rate is limited', async () => {
    const { outcome, deleted } = await looked([at('l-1', 0), at('l-2', 1)], { deletion: cloudError('THROTTLED') });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'THROTTLED' } });
    expect(deleted).toHaveLength(10);
  });

  it('is deleted where an older one has its mark, which is kept; only this link is deleted', async () => {
    for (const links of [
      [at('l-2', 2), at('l-9', 1)],
      [at('l-9', 1), at('l-2', 2)],
      [at('l-2', 1), at('l-1', 1)],
      [at('l-1', 1), at('l-2', 1)],
    ]) {
      const { outcome, kept, deleted, told } = await looked(links);
      expect(outcome).toMatchObject({ ok: true, value: { kind: 'vpc-link-v2' } });
      expect(kept).not.toBe('l-2');
      expect(deleted).toEqual([{ kind: 'vpc-link-v2', id: 'l-2' }]);
      expect(told).toEqual([
        expect.stringMatching(/^waiting create link eu: .*another run created link .* first.*"elapsedMs":0/),
      ]);
    }
  });

  it('is older than one whose age is not known', async () => {
    const { createdAt: _, ...unknown } = at('l-1', 0);
    expect(await looked([at('l-2', 1), unknown])).toMatchObject({ kept: 'l-1' });
    const { createdAt: __, ...own } = at('l-2', 0);
    expect(await looked([own, at('l-1', 1)])).toMatchObject({ kept: 'l-2' });
  });

  it.each<[string, Link, Given?]>([
    ['that failed', at('l-1', 0, { state: 'failed' })],
    ['that is being deleted', at('l-1', 0, { state: 'deleting' })],
    ['that the plan replaces', at('l-1', 0), { except: ['l-1'] }],
    ['of another kind', at('l-1', 0, { kind: 'vpc-link-v1' })],
    ['of another spec', linkOf({ ...EU, spec: 'bills-2' }, { id: 'l-1', createdAt: '2026-06-01T00:00:00Z' })],
    ['whose mark was copied', { ...at('l-1', 0), subnetIds: ['subnet-9z'] }],
  ])('is kept beside an older one %s', async (_, older, given = {}) => {
    expect(await looked([older, at('l-2', 1)], given)).toMatchObject({ kept: 'l-2', deleted: [] });
  });

  it('that failed is deleted beside any other one that did not, also where lists show it as it was', async () => {
    const hasFailed = true;
    for (const own of [at('l-2', 1, { state: 'failed' }), at('l-2', 1)]) {
      expect(await looked([own, at('l-3', 2)], { hasFailed })).toMatchObject({ kept: 'l-3', deleted: [{ id: 'l-2' }] });
      const failed = at('l-3', 0, { state: 'failed' });
      expect(await looked([own, failed], { hasFailed })).toMatchObject({ kept: 'l-2', deleted: [] });
    }
  });

  it('is kept where lists do not show it, or it is another kind with that ID', async () => {
    expect(await looked([at('l-1', 0)])).toMatchObject({ kept: 'l-2', deleted: [] });
    expect(await looked([at('l-1', 0), at('l-2', 1, { kind: 'vpc-link-v1' })])).toMatchObject({
      kept: 'l-2',
      deleted: [],
    });
  });

  it('counts also where its own mark is not shown', async () => {
    expect(await looked([at('l-1', 0), { ...at('l-2', 1), owner: undefined }])).toMatchObject({ kept: 'l-1' });
  });

  it('that cannot be read whole is an error, and nothing is deleted', async () => {
    const gap: Gap = { what: 'links', operation: 'GetVpcLinks', code: 'PERMISSION_DENIED', of: 'links' };
    const links = [at('l-1', 0), at('l-2', 1)];
    const whole = await looked(links, { gaps: [gap] });
    expect(whole).toMatchObject({ outcome: { ok: false, error: { code: 'PERMISSION_DENIED' } }, deleted: [] });
    expect(await looked(links, { gaps: [{ ...gap, of: 'gateways' }] })).toMatchObject({ kept: 'l-1' });
    const failed = await looked(links, { failed: cloudError('CLOUD_FAILED') });
    expect(failed).toMatchObject({ outcome: { ok: false, error: { code: 'CLOUD_FAILED' } }, deleted: [] });
  });

  it('is not read after an abort', async () => {
    const { outcome, log } = await looked([at('l-2', 1)], { abortAt: 'create link eu: lists' });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ABORTED' } });
    expect(log).toEqual([]);
  });

  it('stays where a third run uses it, and its deletion may fail', async () => {
    const links = [at('l-1', 0), at('l-2', 1)];
    const used = await looked(links, { deletion: cloudError('STILL_REFERENCED') });
    expect(used).toMatchObject({ kept: 'l-1', deleted: { length: 1 } });
    expect(used.told[1]).toMatch(/^waiting create link eu: .*link l-2 is kept: .*"elapsedMs":0/);
    const denied = await looked(links, { deletion: cloudError('PERMISSION_DENIED') });
    expect(denied).toMatchObject({ outcome: { ok: false, error: { code: 'PERMISSION_DENIED' } } });
    expect(denied.told).toHaveLength(1);
  });
});
