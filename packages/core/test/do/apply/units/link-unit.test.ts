import type { AllowlistGroups } from '../../../../src/do/abilities.js';
import type { Groups } from '../../../grouped-driver.js';
import { describe, expect, it } from 'vitest';
import type { StepOutcome } from '../../../../src/do/apply/run.js';
import { linkUnit } from '../../../../src/do/apply/units/link-unit.js';
import type { Link } from '../../../../src/do/model/link.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { Step, Unit } from '../../../../src/do/plan/plan.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { FOREIGN, linkOf, OTHER_SPEC, OWN, regionOf } from '../../plan/removal/owned.js';
import { cloudError, inTurn, planStep, unitScene, type SceneDriver } from './scene.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const REF = { kind: 'vpc-link-v2', id: 'l-1' } as const;
const LINK = linkOf(EU);
const unitOf = (...steps: readonly Step[]): Unit => ({
  id: 'link:eu',
  kind: 'link',
  name: 'eu',
  provider: 'aws',
  region: 'eu-west-1',
  account: '1',
  dependsOn: [],
  steps,
});

async function performed(
  step: Step,
  given: SceneDriver & { readonly abortAt?: string; readonly drainMs?: number } = {},
) {
  const { drainMs = 0, ...rest } = given;
  const scene = unitScene({ ...rest, tools: { drainMs: () => drainMs } });
  const counts = await linkUnit(unitOf(step), scene.tools);
  return { ...scene, counts, failed: scene.told.find((one) => one.startsWith('failed')) };
}
const finds = (link: Link | undefined): Groups['links'] => ({ find: async () => link });

describe('the deletion of a link', () => {
  const remove = (input: object = {}) =>
    planStep('delete link eu', 'delete', 'link', { linkRef: REF, owner: EU, timeoutMs: 7, ...input });
  const deleted = (link: Link | undefined, input: object = {}, given: Parameters<typeof performed>[1] = {}) =>
    performed(remove(input), { links: { ...finds(link), delete: async () => undefined }, ...given });

  it('looks at its mark again, deletes it, and waits until it is gone', async () => {
    const { log, counts } = await deleted(LINK);
    expect(log).toEqual(['links.find', 'links.delete', 'delete link eu: gone: gone l-1 7']);
    expect(counts).toEqual({ done: 1, failed: 0, skipped: 0, links: [] });
  });

  it('waits for calls in flight first', async () => {
    const { log, told } = await deleted(LINK, {}, { drainMs: 35_000 });
    expect(log[0]).toBe('delete link eu: calls in flight: 35000');
    expect(told[1]).toMatch(/^waiting delete link eu: .*for calls in flight","elapsedMs":0/);
    const aborted = await deleted(LINK, {}, { drainMs: 1, abortAt: 'delete link eu: calls in flight' });
    expect(aborted).toMatchObject({ log: [], failed: 'failed delete link eu: ABORTED' });
  });

  it.each<[string, Link]>([
    ['lost its mark', linkOf(undefined)],
    ['has the mark of another project', linkOf({ ...FOREIGN, integration: 'eu' })],
    ['has the mark of another spec', linkOf({ ...OTHER_SPEC, integration: 'eu' })],
    ['has a mark that was copied to it', { ...LINK, subnetIds: ['subnet-9z'] }],
  ])('is refused where it meanwhile %s', async (_, link) => {
    expect(await deleted(link)).toMatchObject({ log: ['links.find'], failed: 'failed delete link eu: NOT_OURS' });
  });

  it('is done where it is gone already; where it is being deleted, only the end is awaited', async () => {
    expect((await deleted(undefined)).log).toEqual(['links.find', 'delete link eu: gone: gone l-1 7']);
    expect((await deleted(LINK, { going: true }, { drainMs: 9 })).log).toEqual(['delete link eu: gone: gone l-1 7']);
    expect((await deleted(LINK, { going: false })).log).toContain('links.delete');
  });

  it('that is refused does not wait, and releases nothing', async () => {
    const links = { ...finds(LINK), delete: inTurn<never>(cloudError('STILL_REFERENCED')) };
    const { log, failed } = await deleted(LINK, { release: {} }, { links });
    expect(log).toEqual(['links.find', 'links.delete']);
    expect(failed).toBe('failed delete link eu: STILL_REFERENCED');
  });

  it('waits as long as a link takes by default', async () => {
    const { log } = await performed(planStep('delete link eu', 'delete', 'link', { linkRef: REF, owner: EU }), {
      links: { ...finds(LINK), delete: async () => undefined },
    });
    expect(log.at(-1)).toBe('delete link eu: gone: gone l-1 600000');
  });
});

describe('the release of the group of an allowlist', () => {
  const asked: unknown[] = [];
  const released = async (release: AllowlistGroups['release'], input: object = {}, abortAt?: string) => {
    asked.length = 0;
    const step = planStep('delete link eu', 'delete', 'link', {
      linkRef: REF,
      owner: EU,
      going: true,
      release: {},
      ...input,
    });
    return performed(step, {
      allowlist: {
        release: async (kind, owner, ctx, options) => (
          asked.push([kind, owner, options]),
          release(kind, owner, ctx, options)
        ),
      },
      ...(abortAt === undefined ? {} : { abortAt }),
    });
  };

  it('comes after the link, in the network that the plan names', async () => {
    const one = await released(async () => undefined);
    expect(one.log).toEqual(['delete link eu: gone: gone l-1 600000', 'allowlist.release']);
    expect(asked).toEqual([['vpc-link-v2', EU, {}]]);
    await released(async () => undefined, { release: { networkId: 'vpc-1' } });
    expect(asked).toEqual([['vpc-link-v2', EU, { networkId: 'vpc-1' }]]);
  });

  it('is tried again while interfaces of the link still use it, ten times', async () => {
    const used = cloudError('STILL_REFERENCED');
    const twice = await released(inTurn<never>(used, used, undefined as never));
    expect(twice.counts).toMatchObject({ done: 1, failed: 0 });
    expect(twice.log.slice(1)).toEqual([
      'allowlist.release',
      'delete link eu: interfaces 1: 5000',
      'allowlist.release',
      'delete link eu: interfaces 2: 5000',
      'allowlist.release',
    ]);
    expect(twice.steps.map(({ id }) => id)).toEqual([1, 2, 3].map((at) => `delete link eu: release allowlist ${at}`));
    expect(twice.told.filter((one) => one.startsWith('retried'))).toEqual(
      [2, 3].map((attempt) => `retried delete link eu: ${JSON.stringify({ message: 'X: refused', attempt })}`),
    );
    const never = await released(inTurn<never>(used));
    expect(never.failed).toBe('failed delete link eu: STILL_REFERENCED');
    expect(asked).toHaveLength(10);
  });

  it('is not tried again after another error, or an abort', async () => {
    const denied = await released(inTurn<never>(cloudError('PERMISSION_DENIED')));
    expect(denied.failed).toBe('failed delete link eu: PERMISSION_DENIED');
    expect(asked).toHaveLength(1);
    const aborted = await released(inTurn<never>(cloudError('STILL_REFERENCED')), {}, 'delete link eu: interfaces 1');
    expect(aborted.failed).toBe('failed delete link eu: ABORTED');
    expect(asked).toHaveLength(1);
  });

  it('of a group that no link uses needs no wait', async () => {
    const step = planStep('release eu', 'delete', 'allowlist', {
      linkKind: 'vpc-link-v2',
      owner: EU,
      networkId: 'vpc-1',
    });
    const { log, counts } = await performed(step, { allowlist: { release: async () => undefined } });
    expect(log).toEqual(['allowlist.release']);
    expect(counts.done).toBe(1);
  });
});

describe('a link that is given up', () => {
  const giveUp = planStep('give up link eu', 'tag', 'link', { linkRef: REF, owner: EU, untag: ['postern:project'] });
  const untagged: unknown[] = [];
  const given = (link: Link | undefined, more: Groups['links'] = {}) =>
    performed(giveUp, {
      links: { ...finds(link), untag: async (ref, keys) => void untagged.push([ref, keys]), ...more },
      allowlist: { mark: async () => undefined },
    });

  it('loses its marks after the group of its allowlist did', async () => {
    const { log, counts } = await given(LINK);
    expect(log).toEqual(['links.find', 'allowlist.mark', 'links.untag']);
    expect(counts.done).toBe(1);
    expect(untagged).toEqual([[REF, ['postern:project']]]);
  });

  it('is done where it is gone, or has no mark', async () => {
    for (const link of [undefined, linkOf(undefined)])
      expect(await given(link)).toMatchObject({ log: ['links.find'], counts: { done: 1 } });
  });

  it.each<[string, Owner]>([
    ['another project', { ...FOREIGN, integration: 'eu' }],
    ['another spec', { ...OTHER_SPEC, integration: 'eu' }],
    ['another link', { ...EU, integration: 'us' }],
  ])('is refused where it meanwhile has the mark of %s', async (_, owner) => {
    expect(await given(linkOf(owner))).toMatchObject({
      log: ['links.find'],
      failed: 'failed give up link eu: NOT_OURS',
    });
  });
});

describe('changes of a link in place', () => {
  it('are one call each', async () => {
    const one = async (step: Step, given: SceneDriver) => (await performed(step, given)).log;
    const entries = [{ cidrBlock: '10.0.0.0/8', protocol: 'tcp', fromPort: 443, toPort: 443 }];
    const rename = planStep('rename link eu', 'rename', 'link', { linkRef: REF, name: 'eu' });
    expect(await one(rename, { links: { rename: async () => undefined } })).toEqual(['links.rename']);
    for (const kind of ['allow', 'revoke'] as const) {
      const step = planStep(`${kind} eu`, kind, 'allowlist', { linkRef: REF, entries });
      expect(await one(step, { allowlist: { [kind]: async () => undefined } })).toEqual([`allowlist.${kind}`]);
    }
    const tag = (input: object) => planStep('tag link eu', 'tag', 'link', { linkRef: REF, tags: { a: 'b' }, ...input });
    const marks = { links: { tag: async () => undefined }, allowlist: { mark: async () => undefined } };
    expect(await one(tag({}), marks)).toEqual(['links.tag']);
    expect(await one(tag({ owner: EU }), marks)).toEqual(['allowlist.mark', 'links.tag']);
  });

  it('may be a wait only', async () => {
    const wait = await performed(planStep('await link eu', 'adopt', 'link', { linkRef: REF, timeoutMs: 9 }));
    expect(wait.log).toEqual(['await link eu: ready l-1 9']);
    expect(wait.told.at(-1)).toBe('done await link eu: {"linkId":"l-1","state":"ready"}');
  });

  it('may be a wait for a link that was created a moment ago: an older one stays in its place', async () => {
    const twin = { owner: LINK.owner, except: [] };
    const older = linkOf(EU, { id: 'l-0', createdAt: '2026-01-01T00:00:00Z' });
    const links = [older, { ...LINK, createdAt: '2026-02-01T00:00:00Z' }];
    const step = planStep('await link eu', 'adopt', 'link', { linkRef: REF, timeoutMs: 9, twin });
    const { log, counts } = await performed(step, {
      traits: { stalenessMs: 0, pollMs: 0 },
      observe: async () => regionOf({ links }),
    });
    expect(log).toEqual(['await link eu: ready l-1 9', 'observe', 'await link eu: other ready: ready l-0 9']);
    expect(counts.links).toEqual([['eu', { ...REF, id: 'l-0' }]]);
  });
});

describe('the creation of a link', () => {
  const input = {
    linkKind: 'vpc-link-v2',
    name: 'eu',
    owner: EU,
    subnetIds: ['subnet-1a'],
    securityGroupIds: ['sg-1'],
    networkId: 'vpc-1',
    tags: { team: 'a' },
    except: [],
    timeoutMs: 9,
  };
  const entries = [{ cidrBlock: '10.0.0.0/8', protocol: 'tcp', fromPort: 443, toPort: 443 }];
  const create = async (fields: object = {}, given: SceneDriver & { abortAt?: string } = {}) => {
    const requests: unknown[] = [];
    const prepared: unknown[] = [];
    const step = planStep('create link eu', 'create', 'link', { ...input, ...fields });
    const one = await performed(step, {
      traits: { stalenessMs: 0, pollMs: 0 },
      observe: async () => regionOf({ links: [LINK] }),
      ...given,
      links: {
        find: async () => undefined,
        create: async (kind, request) => (requests.push(request), { kind, id: 'l-1' }),
        ...given.links,
      },
      allowlist: {
        prepare: async (_, request) => (prepared.push(request), { securityGroupIds: ['sg-own'] }),
        allow: async () => undefined,
        ...given.allowlist,
      },
    });
    return { ...one, requests, prepared };
  };

  it('looks for it, creates it with its marks, waits until it is ready, and looks for others', async () => {
    const { log, requests, counts, told } = await create();
    expect(log).toEqual(['links.find', 'links.create', 'create link eu: ready: ready l-1 9', 'observe']);
    expect(requests).toMatchObject([
      {
        name: 'eu',
        owner: EU,
        subnetIds: ['subnet-1a'],
        securityGroupIds: ['sg-1'],
        tags: { team: 'a', 'postern:project': 'shop' },
      },
    ]);
    expect((requests[0] as { owner: Owner }).owner.specHash).toBe(LINK.owner?.specHash);
    expect(counts.links).toEqual([['eu', REF]]);
    expect(told.at(-1)).toBe('done create link eu: {"linkId":"l-1","state":"ready"}');
  });

  it('adopts what another run created, and takes an older one in its place', async () => {
    const { log } = await create({}, { links: finds(LINK) });
    expect(log).toEqual(['links.find', 'create link eu: ready: ready l-1 9', 'observe']);
    const older = linkOf(EU, { id: 'l-0', createdAt: '2026-01-01T00:00:00Z' });
    const links = [older, { ...LINK, createdAt: '2026-02-01T00:00:00Z' }];
    const other = await create({}, { links: finds(LINK), observe: async () => regionOf({ links }) });
    expect(other.log.at(-1)).toBe('create link eu: other ready: ready l-0 9');
    expect(other.counts.links).toEqual([['eu', { ...REF, id: 'l-0' }]]);
  });

  it('that fails after it names the link, which stays', async () => {
    const names = async (given: Parameters<typeof create>[1]) => {
      const failures: unknown[] = [];
      const scene = unitScene({ ...given });
      const begin = () => (outcome: StepOutcome) => void (outcome.ok || failures.push(outcome.error));
      const step = planStep('create link eu', 'create', 'link', input);
      await linkUnit(unitOf(step), { ...scene.tools, begin });
      return failures;
    };
    const links = { find: async () => undefined, create: async () => ({ kind: 'vpc-link-v2', id: 'l-1' }) as const };
    const throttled = cloudError('THROTTLED');
    const error = {
      code: 'THROTTLED',
      message: 'X: refused; this run created link l-1, which the next run goes on with',
    };
    expect(await names({ links, observe: () => Promise.reject(throttled) })).toMatchObject([error]);
    const found = { ...links, find: async () => LINK };
    expect(await names({ links: found, observe: () => Promise.reject(throttled) })).toMatchObject([
      { message: 'X: refused' },
    ]);
  });

  it.each<[string, Link, object?]>([
    ['the plan replaces', LINK, { except: ['l-1'] }],
    ['is being deleted', { ...LINK, state: 'deleting' }],
  ])('does not adopt one that %s', async (_, link, fields) => {
    expect((await create(fields, { links: finds(link) })).log).toContain('links.create');
  });

  it('prepares the group of its allowlist first, where the cloud has one', async () => {
    const first = await create({ entries });
    expect(first.log.slice(0, 3)).toEqual(['allowlist.prepare', 'links.find', 'links.create']);
    expect(first.prepared).toMatchObject([
      { networkId: 'vpc-1', owner: EU, name: 'eu', entries, tags: { team: 'a', 'postern:project': 'shop' } },
    ]);
    expect(first.requests).toMatchObject([{ securityGroupIds: ['sg-1', 'sg-own'] }]);
    expect(first.log).not.toContain('allowlist.allow');
    expect((await create({ entries, networkId: undefined })).prepared).toEqual([]);
    const failed = await create({ entries }, { allowlist: { prepare: inTurn<never>(cloudError('QUOTA_EXCEEDED')) } });
    expect(failed).toMatchObject({ log: ['allowlist.prepare'], failed: 'failed create link eu: QUOTA_EXCEEDED' });
    const busy = cloudError('CONFLICT', { retryable: true, status: 409 });
    const prepare = inTurn<{ securityGroupIds: string[] }>(busy, { securityGroupIds: ['sg-own'] });
    const again = await create({ entries }, { allowlist: { prepare } });
    expect(again.counts.done).toBe(1);
    expect(again.told.find((one) => one.startsWith('retried'))).toContain('"attempt":2');
  });

  it('adds the entries of its allowlist last, where the cloud has no group for them', async () => {
    const traits = { stalenessMs: 0, pollMs: 0, allowlistNeedsCreation: false };
    const one = await create({ entries }, { traits });
    expect(one.log.at(-1)).toBe('allowlist.allow');
    expect(one.prepared).toEqual([]);
    expect((await create({ entries: [] }, { traits })).log).not.toContain('allowlist.allow');
    expect((await create({}, { traits })).log).not.toContain('allowlist.allow');
    const denied = { traits, allowlist: { allow: inTurn<never>(cloudError('PERMISSION_DENIED')) } };
    const failed = await create({ entries }, denied);
    expect(failed).toMatchObject({ failed: 'failed create link eu: PERMISSION_DENIED', counts: { links: [] } });
  });

  it('waits for the link of another run, which is kept in its place', async () => {
    const older = linkOf(EU, { id: 'l-0', createdAt: '2026-01-01T00:00:00Z' });
    const { log, counts, told } = await create(
      {},
      {
        observe: async () => regionOf({ links: [older, { ...LINK, createdAt: '2026-02-01T00:00:00Z' }] }),
        links: { delete: async () => undefined },
      },
    );
    expect(log.slice(2)).toEqual([
      'create link eu: ready: ready l-1 9',
      'observe',
      'links.delete',
      'create link eu: other ready: ready l-0 9',
    ]);
    expect(counts.links).toEqual([['eu', { ...REF, id: 'l-0' }]]);
    expect(told.at(-1)).toContain('"linkId":"l-0"');
  });

  it('fails where the second look does', async () => {
    const failed = await create({}, { observe: () => Promise.reject(cloudError('PERMISSION_DENIED')) });
    expect(failed).toMatchObject({ failed: 'failed create link eu: PERMISSION_DENIED', counts: { links: [] } });
  });

  it('has the load balancer in the hash of its mark', async () => {
    const { requests } = await create({ loadBalancerId: 'nlb-1', subnetIds: [], securityGroupIds: [] });
    const shape = { subnetIds: [], securityGroupIds: [], loadBalancerIds: ['nlb-1'] };
    expect(requests).toMatchObject([{ owner: { specHash: linkHash(EU, shape) } }]);
    expect(requests).toMatchObject([{ loadBalancerId: 'nlb-1' }]);
  });
});
