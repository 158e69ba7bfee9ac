import type { AwsDriver } from '../../src/index.js';
import { CloudError, isPosternError, type CallContext, type Driver } from '@postern/core/internal/library';
import { runConformanceCheck } from '@postern/testing/conformance';
import { describe, expect, it } from 'vitest';
import { setUp } from '../world/conformance-setup.js';
import { PROVE } from '../../../core/test/runs.js';

type Mistake = (driver: AwsDriver) => Partial<Driver>;

const withoutSignal = (ctx: CallContext): CallContext => ({ ...ctx, signal: undefined });

/** A driver whose every function is given another context. */
function inContext(driver: Driver, change: (ctx: CallContext) => CallContext): Partial<Driver> {
  const { links } = driver;
  return { links: { ...links, statuses: (ids, ctx) => links.statuses(ids, change(ctx)) } };
}

/** Mistakes that an adapter could well have, and the check that must catch each. */
const MISTAKES: readonly (readonly [string, string, Mistake])[] = [
  [
    'paging: only the first page counts',
    'reads lists to their end',
    ({ observe }) => ({
      observe: async (scope, ctx) => {
        const seen = await observe(scope, ctx);
        return { ...seen, gateways: seen.gateways.map((one) => ({ ...one, routes: one.routes.slice(0, 500) })) };
      },
    }),
  ],
  [
    'ownership: the hash of a mark is not compared',
    'tells projects, integrations and hashes apart',
    ({ links }) => ({
      links: {
        ...links,
        find: (by, ctx) =>
          links.find(
            'owner' in by ? { ...by, owner: { project: by.owner.project, integration: by.owner.integration } } : by,
            ctx,
          ),
      },
    }),
  ],
  [
    'ownership: any caller may delete a route',
    'does not delete the route of another owner',
    ({ routes }) => ({
      routes: {
        ...routes,
        delete: async (gateway, key, owner, ctx) =>
          routes.delete(gateway, key, (await routes.find(gateway, key, ctx))?.owner ?? owner, ctx),
      },
    }),
  ],
  [
    'the wait: a pending link counts as ready',
    'shows a new link as pending, with the cloud’s own word, until it is ready',
    ({ links }) => ({
      links: {
        ...links,
        statuses: async (ids, ctx) =>
          (await links.statuses(ids, ctx)).map((one) => (one.state === 'pending' ? { ...one, state: 'ready' } : one)),
      },
    }),
  ],
  [
    'the wait: a link that was deleted is still listed',
    'deletes a link, and again, and one that never was',
    ({ links }) => ({
      links: {
        ...links,
        statuses: async (refs, ctx) => {
          const seen = await links.statuses(refs, ctx);
          const gone = refs.filter(({ id }) => !seen.some((one) => one.id === id));
          return [...seen, ...gone.map((ref) => ({ ...ref, state: 'deleting', nativeState: 'DELETING' }) as const)];
        },
      },
    }),
  ],
  [
    'creation: a create that failed is retried',
    'makes one link when the answer is lost, and finds it again',
    ({ links }) => ({
      links: {
        ...links,
        create: (kind, request, ctx) => links.create(kind, request, ctx).catch(() => links.create(kind, request, ctx)),
      },
    }),
  ],
  [
    'creation: a link is created without its mark',
    'creates a link that carries the mark of its owner, and finds it by id and by mark',
    ({ links }) => ({
      links: {
        ...links,
        create: (kind, request, ctx) =>
          links.create(kind, { ...request, owner: { project: 'nobody', spec: 'nobody', integration: 'none' } }, ctx),
      },
    }),
  ],
  [
    'routes: a deployment is created each time',
    'brings routes to a stage that does not deploy by itself, once for each mark',
    ({ stages }) => {
      let count = 0;
      return {
        stages: {
          ...stages,
          deploy: (id, stage, mark, ctx) => stages.deploy(id, stage, `${mark}${(count += 1)}`, ctx),
        },
      };
    },
  ],
  [
    'targets: the network is not compared',
    'refuses a target in another network',
    ({ targets }) => ({ targets: { ...targets, resolve: (ref, _within, ctx) => targets.resolve(ref, {}, ctx) } }),
  ],
  [
    'egress: addresses of all links of the subnets',
    'does not mix up the addresses of two links in the same subnets and groups',
    ({ egress, observe }) => ({
      egress: async (id, ctx) => {
        const { interfaces } = await observe({ all: true, egress: true }, ctx);
        return { ...(await egress(id, ctx)), addresses: interfaces.flatMap(({ addresses }) => addresses) };
      },
    }),
  ],
  [
    'allowlist: everything is revoked',
    'revokes, and again, and leaves the rest',
    ({ allowlist }) => ({
      allowlist: {
        ...allowlist,
        revoke: async (id, _entries, ctx) => allowlist.revoke(id, (await allowlist.read(id, ctx)).entries, ctx),
      },
    }),
  ],
  [
    'errors: a denial is reported as any other refusal',
    'says that it may not, which permission it lacks or whom to ask, and does not try again',
    ({ links }) => ({
      links: {
        ...links,
        statuses: (ids, ctx) =>
          links.statuses(ids, ctx).catch((error: unknown) => {
            if (!isPosternError(error)) throw error;
            throw new CloudError('CLOUD_REFUSED', error.message, { operation: 'GetVpcLinks' });
          }),
      },
    }),
  ],
  [
    'abort: the signal is ignored',
    'calls nothing when it was aborted before',
    (driver) => inContext(driver, withoutSignal),
  ],
  [
    'observation: what may not be read counts as absent',
    'writes down what it may not read, and reads the rest',
    ({ observe }) => ({ observe: async (scope, ctx) => ({ ...(await observe(scope, ctx)), gaps: [] }) }),
  ],
  [
    'apply: a change of a route is not written',
    'creates, keeps, changes and deletes a private integration, and nothing else',
    ({ routes }) => ({
      routes: {
        ...routes,
        update: (route, request, ctx) =>
          routes.find(request.gateway, request.key, ctx).then((found) => found ?? Promise.reject(new Error(route.id))),
      },
    }),
  ],
  [
    'apply: a throttled create is repeated by the adapter, too',
    'sends a throttled call as often as one layer may, and reports it',
    ({ links }) => ({
      links: {
        ...links,
        create: (kind, request, ctx) => links.create(kind, request, ctx).catch(() => links.create(kind, request, ctx)),
      },
    }),
  ],
  [
    'marks: the mark of a link cannot be removed',
    'forgets a spec: no resource changes, no mark is left, and nothing is deleted afterwards',
    ({ linkChanges }) => ({ linkChanges: { ...linkChanges, untag: () => Promise.resolve() } }),
  ],
  [
    'marks: the spec in the mark of a link is not read',
    'applies two specs in turn, and destroys them, without a change of the other one: with identities',
    ({ observe }) => ({
      observe: async (scope, ctx) => {
        const seen = await observe(scope, ctx);
        const links = seen.links.map((link) => ({ ...link, owner: link.owner && { ...link.owner, spec: undefined } }));
        return { ...seen, links };
      },
    }),
  ],
  [
    'marks: a route is deleted and created again to get another mark',
    'keeps an integration whose key changes: only marks are written, and the next plan is empty',
    ({ routes }) => ({
      routes: {
        ...routes,
        update: async (_route, request, ctx) => {
          const found = await routes.find(request.gateway, request.key, ctx);
          await routes.delete(request.gateway, request.key, found?.owner ?? request.owner, ctx);
          return routes.create(request, ctx);
        },
      },
    }),
  ],
];

/** Mistakes that are planted: only with POSTERN_PROVE. */
describe.runIf(PROVE)('the suite catches', () => {
  it.each(MISTAKES)('%s', async (_, check, mistake) => {
    // conformance.test.ts shows that the check passes without the mistake.
    const setup = await setUp();
    const broken = { ...setup, driver: { ...setup.driver, ...mistake(setup.driver) } };
    await expect(runConformanceCheck(check, broken)).rejects.toThrow();
  });

  it('a name that no check has', async () => {
    await expect(runConformanceCheck('juggles', await setUp())).rejects.toThrow(RangeError);
  });
});
