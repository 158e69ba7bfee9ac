import { describe, expect, it } from 'vitest';
import { ensure } from '../../../src/do/apply/ensure.js';
import { memoryJournal } from '../../../src/do/apply/journal.js';
import { localWatches } from '../../../src/do/apply/local-run.js';
import { createContext, driversOf, type Drivers } from '../../../src/do/context.js';
import type { Driver, Scope } from '../../../src/do/driver.js';
import { CloudError } from '../../../src/ground/errors.js';
import type { Spec } from '../../../src/do/spec.js';
import { drive, seeded } from '../../drive.js';
import { type FakeCloud, smallCloud } from '../../fake-cloud.js';
import { linkSpec, runSpec, smallSpec } from '../../fake-run.js';
import { FakeInstances } from '../../instances.js';
import { CLOUDS } from '../../clouds.js';

const LINK_ONLY = smallSpec({ spec: 'shop-a', integrations: {} });

/** Ensures a part of a project in one process. */
function ensured(
  cloud: FakeCloud,
  spec: Spec,
  { drivers = driversOf(cloud.driver()), signal, allowPurchase, journal = memoryJournal() }: Given = {},
) {
  const context = createContext({ clock: cloud.clock, random: seeded(1), signal });
  const watches = localWatches({ context, journal, run: 'ensure' });
  const options = { drivers, clouds: CLOUDS, context, journal, watches, allowPurchase };
  return drive(cloud.clock, ensure(spec, options));
}

interface Given {
  readonly drivers?: Drivers;
  readonly signal?: AbortSignal;
  readonly allowPurchase?: boolean;
  readonly journal?: ReturnType<typeof memoryJournal>;
}

describe('a part of a project that is ensured', () => {
  it('exists then, and its links are returned: new ones and those that were there', async () => {
    const cloud = smallCloud();
    const first = await ensured(cloud, LINK_ONLY);
    const [row] = cloud.links.values();
    expect([...first.links]).toEqual([['eu', { kind: 'vpc-link-v2', id: row!.id }]]);
    const two = { ...LINK_ONLY, links: { ...LINK_ONLY.links, us: linkSpec({ subnets: ['subnet-1b'] }) } };
    const second = await ensured(cloud, two);
    const [, other] = cloud.links.values();
    expect(Object.fromEntries(second.links)).toEqual({
      eu: { kind: 'vpc-link-v2', id: row!.id },
      us: { kind: 'vpc-link-v2', id: other!.id },
    });
  });

  it('that is there already writes nothing, also not to the journal', async () => {
    const cloud = smallCloud();
    await ensured(cloud, LINK_ONLY);
    cloud.calls = [];
    const journal = memoryJournal();
    expect([...(await ensured(cloud, LINK_ONLY, { journal })).links.keys()]).toEqual(['eu']);
    expect(new Set(cloud.calls)).toEqual(new Set(['identity', 'observe']));
    expect(await journal.read()).toEqual([]);
  });

  it('does not delete the rest of the project, and does not read more for it', async () => {
    const cloud = smallCloud();
    await runSpec(cloud, smallSpec({ spec: 'shop-a' }));
    const other = { ...LINK_ONLY, links: { us: linkSpec({ subnets: ['subnet-1b'] }) } };
    cloud.calls = [];
    const scopes: Scope[] = [];
    const driver = cloud.driver();
    const observe: Driver['observe'] = (scope, ctx) => (scopes.push(scope), driver.observe(scope, ctx));
    await ensured(cloud, other, { drivers: driversOf({ ...driver, observe }) });
    expect(scopes.length).toBeGreaterThan(0);
    expect(scopes.filter(({ all, allGateways }) => all === true || allGateways === true)).toEqual([]);
    expect(cloud.calls).not.toContain('links.delete');
    expect(cloud.links.size).toBe(2);
    expect(cloud.gateways.get('api-1')!.routes.size).toBe(1);
  });
});

describe('a purchase', () => {
  const spec = smallSpec({ integrations: {}, links: { eu: linkSpec({ provider: 'alibaba' }) } });

  it('needs to be allowed', async () => {
    const { cloud, drivers } = new FakeInstances();
    for (const allowPurchase of [undefined, false])
      await expect(
        ensured(cloud, spec, { drivers, ...(allowPurchase === undefined ? {} : { allowPurchase }) }),
      ).rejects.toMatchObject({ code: 'PURCHASE_NOT_ALLOWED' });
    expect(cloud.links.size).toBe(0);
    await ensured(cloud, spec, { drivers, allowPurchase: true });
    expect(cloud.links.size).toBe(1);
    await ensured(cloud, spec, { drivers });
    expect(cloud.links.size).toBe(1);
  });
});

describe('a step that fails', () => {
  const failing = (cloud: FakeCloud, errors: Readonly<Record<string, Error>>): Drivers => {
    const driver = cloud.driver();
    const create: typeof driver.links.create = (kind, request, ctx) => {
      const error = errors[request.owner.integration];
      return error === undefined ? driver.links.create(kind, request, ctx) : Promise.reject(error);
    };
    return driversOf({ ...driver, links: { ...driver.links, create } });
  };
  const denied = new CloudError('PERMISSION_DENIED', 'not allowed', {
    operation: 'CreateVpcLink',
    requestId: 'r-7',
    remedy: 'Allow it.',
  });

  it('is thrown, with its code, remedy, operation and the ID of its request', async () => {
    const cloud = smallCloud();
    await expect(ensured(cloud, LINK_ONLY, { drivers: failing(cloud, { eu: denied }) })).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringContaining('not allowed'),
      remedy: 'Allow it.',
      details: { operation: 'CreateVpcLink', requestId: 'r-7' },
    });
  });

  it('is the first one, of several', async () => {
    const cloud = smallCloud();
    const two = { ...LINK_ONLY, links: { ...LINK_ONLY.links, us: linkSpec({ subnets: ['subnet-1b'] }) } };
    const later = new CloudError('QUOTA_EXCEEDED', 'too many', { operation: 'CreateVpcLink' });
    const drivers = failing(cloud, { eu: denied, us: later });
    await expect(ensured(cloud, two, { drivers })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });

  it('with a code that is not known is an internal error', async () => {
    const cloud = smallCloud();
    for (const code of ['FROM_LATER', 'constructor'])
      await expect(
        ensured(cloud, LINK_ONLY, {
          drivers: failing(cloud, { eu: new CloudError(code as never, 'x', { operation: 'y' }) }),
        }),
      ).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('an abort', () => {
  it('during the last call is reported, too', async () => {
    const cloud = smallCloud();
    await ensured(cloud, LINK_ONLY);
    const abort = new AbortController();
    cloud.onChange = () => abort.abort();
    const tagged = { ...LINK_ONLY, links: { eu: linkSpec({ tags: { team: 'a' } }) } };
    await expect(ensured(cloud, tagged, { signal: abort.signal })).rejects.toMatchObject({
      code: 'ABORTED',
      message: expect.stringContaining('ensure'),
    });
    expect([...cloud.links.values()][0]?.tags).toMatchObject({ team: 'a' });
  });

  it('while the link is created ends it, and the next call continues', async () => {
    const cloud = smallCloud();
    const abort = new AbortController();
    cloud.onChange = () => abort.abort();
    await expect(ensured(cloud, LINK_ONLY, { signal: abort.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    cloud.onChange = () => undefined;
    await ensured(cloud, LINK_ONLY);
    expect(cloud.links.size).toBe(1);
  });
});
