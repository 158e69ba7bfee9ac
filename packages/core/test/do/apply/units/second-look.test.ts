import { describe, expect, it } from 'vitest';
import type { CreatedLink } from '../../../../src/do/apply/units/second-look.js';
import { oldestLink } from '../../../../src/do/apply/units/second-look.js';
import type { Scope } from '../../../../src/do/driver.js';
import type { Link } from '../../../../src/do/model/link.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { Gap } from '../../../../src/do/snapshot/snapshot.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { linkOf, OWN, regionOf } from '../../plan/removal/owned.js';
import { cloudError, planStep, unitScene } from './scene.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const OWNER: Owner = { ...EU, specHash: linkHash(EU, { subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'] }) };
const STEP = planStep('create link eu', 'create', 'link', {});
const at = (id: string, minute: number, fields: Partial<Link> = {}): Link =>
  linkOf(EU, { id, createdAt: `2026-06-01T00:0${minute}:00.000Z`, ...fields });

/** What becomes of link `l-2`, which this run created, where lists show these links after the wait. */
async function looked(
  links: readonly Link[],
  { watchedMs = 5_000, except = [], deletion, gaps = [], abortAt, failed, hasFailed }: Given = {},
) {
  const deleted: unknown[] = [];
  const scopes: Scope[] = [];
  const scene = unitScene({
    traits: { stalenessMs: 30_000, pollMs: 5_000 },
    ...(abortAt === undefined ? {} : { abortAt }),
    observe: async (scope) => {
      scopes.push(scope);
      if (failed !== undefined) throw failed;
      return regionOf({ links, gaps });
    },
    links: {
      delete: async (ref) => {
        deleted.push(ref);
        if (deletion !== undefined) throw deletion;
      },
    },
  });
  const created: CreatedLink = { link: { kind: 'vpc-link-v2', id: 'l-2' }, owner: OWNER, watchedMs, except, hasFailed };
  const outcome = await oldestLink(STEP, scene.tools, created);
  return { outcome, kept: outcome.ok ? outcome.value.id : undefined, deleted, scopes, ...scene };
}

interface Given {
  readonly watchedMs?: number;
  readonly except?: readonly string[];
  readonly deletion?: Error;
  readonly hasFailed?: boolean;
  readonly failed?: Error;
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
      expect(await looked(links)).toMatchObject({ kept: 'l-2', deleted: [], told: [] });
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
