import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { Gateway, GatewayUse, Stage } from '../../../src/do/model/gateway.js';
import type { Link, LinkKind } from '../../../src/do/model/link.js';
import type { Route } from '../../../src/do/model/route.js';
import type { RegionSnapshot } from '../../../src/do/snapshot/snapshot.js';
import { usesOfLink } from '../../../src/do/imperative/link-uses.js';
import { diff } from '../../../src/do/plan/diff.js';
import { stepIds } from '../../fake-run.js';
import { BY, link, LISTENER, NLB_LISTENER, restApi, route, world } from '../../spec/generate/rest-world.js';

const LINK = link({ id: 'old', kind: 'vpc-link-v2' }, 'gone');
const EXTERNAL = link({ id: 'x1', kind: 'vpc-link-v2' });
const PROD: Stage = { name: 'prod', autoDeploy: false, deploymentId: 'd1' };

/** What a deployed stage uses. */
function use(key: string, linkId: string | undefined, fields: Partial<GatewayUse> = {}): GatewayUse {
  const id = `r-${key}`;
  return { kind: 'route', id, name: key, routeIds: [id], stage: 'prod', linkId, targetId: LISTENER, ...fields };
}

function region(gateways: readonly Gateway[]): RegionSnapshot {
  const [found] = world({ links: [LINK, link({ id: 'old', kind: 'vpc-link-v1' })], gateways }).regions;
  if (found === undefined) throw new Error('no region');
  return found;
}

/** What becomes of the link of a spec that declares nothing any more, beside other links. */
function removal(gateway: Gateway, others: readonly Link[] = []) {
  const snapshot = world({ links: [LINK, EXTERNAL, ...others], gateways: [gateway] });
  const at = { provider: 'aws', region: 'eu-west-1', account: '111122223333' };
  const links = { other: { ...at, id: EXTERNAL.id, owner: 'external', tags: {} } } as const;
  const plan = diff(snapshot, { version: 1, ...BY, links, integrations: {} }, { clouds: CLOUDS });
  return { steps: stepIds(plan), notes: plan.notes.filter((note) => note.includes('link old')) };
}

describe('the deletion of a link', () => {
  const own = route('GET /own', { linkId: 'other' }, 'orders');

  it.each<[string, Partial<Gateway>, string | undefined]>([
    ['is planned where the deployed stages use other links', { uses: [use('GET /a', 'new')] }, undefined],
    ['is planned where the stages have no private route', { uses: [] }, undefined],
    [
      'waits for a deployed stage that uses it',
      { uses: [use('GET /a', 'old'), use('GET /b', 'old'), use('GET /c', 'new')] },
      'link old is kept: stage prod of a1b2c3d4e5 is deployed with GET /a, GET /b, which still uses it; deploy that stage, or delete it; --all (`all` in a program) deploys a stage with routes, then run again',
    ],
    [
      'waits for a stage whose deployment was read, and uses it',
      {
        stages: [
          { ...PROD, served: { routes: [route('GET /a', { linkId: 'old' }), route('GET /b', { linkId: 'new' })] } },
        ],
      },
      'link old is kept: stage prod of a1b2c3d4e5 is deployed with GET /a, which still uses it; deploy that stage, or delete it; --all (`all` in a program) deploys a stage with routes, then run again',
    ],
    [
      'is planned where the deployment of the stage was read, and uses another link',
      { routes: [own], stages: [{ ...PROD, served: { routes: [route('GET /a', { linkId: 'new' })] } }] },
      undefined,
    ],
    [
      'is not guessed where a canary has a deployment of its own',
      {
        routes: [own],
        stages: [{ ...PROD, served: { routes: [] }, canary: { deploymentId: 'd2', percent: 10 } }],
      },
      'link old is kept: stage prod of a1b2c3d4e5 serves older routes, which may use it; deploy that stage, or delete it; --all (`all` in a program) deploys a stage with routes, then run again',
    ],
    [
      'ignores drafts and other stages',
      { uses: [use('GET /a', 'old', { stage: undefined }), use('GET /a', 'old', { stage: 'gone' })] },
      undefined,
    ],
    [
      'is not guessed where the deployment could not be read',
      { routes: [own], uses: [use('GET /a', undefined, { unreadable: 'its export failed' })] },
      'link old is kept: stage prod of a1b2c3d4e5 serves older routes, which may use it; deploy that stage, or delete it; --all (`all` in a program) deploys a stage with routes, then run again',
    ],
    [
      'is not guessed where the stages were not read',
      { routes: [own] },
      'link old is kept: stage prod of a1b2c3d4e5 serves older routes, which may use it; deploy that stage, or delete it; --all (`all` in a program) deploys a stage with routes, then run again',
    ],
  ])('%s', (_, fields, note) => {
    const { steps, notes } = removal(restApi([], [PROD], fields));
    expect(notes).toEqual(note === undefined ? [] : [note]);
    expect(steps.includes('delete link gone (old)')).toBe(note === undefined);
  });

  it('waits for a route whose link a stage variable names', () => {
    const byVariable = route('GET /x', { linkId: undefined, variables: ['link'], integrationId: 'i1' });
    const integrations = [
      { id: 'i1', linkId: 'old' },
      { id: 'i1', linkId: 'new' },
    ];
    const { steps, notes } = removal(restApi([byVariable], [], { integrations }));
    expect(notes).toEqual([expect.stringMatching(/^link old is kept: route GET \/x of a1b2c3d4e5 still uses it/)]);
    expect(steps).toEqual([]);
  });

  it('does not wait for a WebSocket API where a link of its kind has the same ID', () => {
    const messages = restApi([route('send', { linkId: 'old' })], [], { kind: 'websocket-api' });
    expect(removal(messages).steps).toEqual([]);
    const twin = link({ id: 'old', kind: 'vpc-link-v1' });
    expect(removal(messages, [twin])).toEqual({ steps: ['delete link gone (old)'], notes: [] });
  });
});

describe('the uses of a link', () => {
  const gateway = (routes: readonly Route[], fields: Partial<Gateway> = {}): Gateway => restApi(routes, [PROD], fields);
  const uses = (gateways: readonly Gateway[], kind: LinkKind = 'vpc-link-v2') =>
    usesOfLink(CLOUDS, region(gateways), { id: 'old', kind });
  const REST = { id: 'a1b2c3d4e5', name: 'orders api', kind: 'rest-api' } as const;

  it('are routes of the working copy and of each deployed stage', () => {
    const stages = [PROD, { ...PROD, name: 'test' }, { name: 'live', autoDeploy: true }];
    const found = uses([
      restApi([route('GET /a', { linkId: 'old' }), route('GET /b', { linkId: 'new' })], stages, {
        uses: [
          use('GET /a', 'old'),
          use('GET /c', 'old'),
          use('GET /d', 'old', { targetId: NLB_LISTENER }),
          use('GET /b', 'new', { stage: 'test' }),
        ],
      }),
    ]);
    expect(found).toEqual([
      { gateway: REST, integrationId: 'r-GET /a', targetId: LISTENER, routeKeys: ['GET /a'] },
      { gateway: REST, stage: 'prod', targetId: LISTENER, routeKeys: ['GET /a', 'GET /c'] },
      { gateway: REST, stage: 'prod', targetId: NLB_LISTENER, routeKeys: ['GET /d'] },
    ]);
  });

  it('are those of the deployment of an HTTP API that is deployed by hand', () => {
    const served = { routes: [route('GET /a', { linkId: 'old' }), route('GET /b', { linkId: 'new' })] };
    const http = restApi([route('GET /a', { linkId: 'new' })], [{ ...PROD, served }], { kind: 'http-api' });
    expect(uses([http])).toEqual([
      { gateway: { ...REST, kind: 'http-api' }, stage: 'prod', targetId: LISTENER, routeKeys: ['GET /a'] },
    ]);
  });

  it('have the reason where a deployment could not be read', () => {
    const found = uses([gateway([], { uses: [use('GET /a', undefined, { unreadable: 'its export failed' })] })]);
    expect(found).toEqual([{ gateway: REST, stage: 'prod', routeKeys: [], unreadable: 'its export failed' }]);
  });

  it('include routes whose link a variable names on some stage', () => {
    const byVariable = route('GET /x', {
      linkId: undefined,
      targetId: undefined,
      variables: ['link'],
      integrationId: 'i1',
    });
    const integrations = [
      { id: 'i1', linkId: 'old', targetId: LISTENER },
      { id: 'i1', linkId: 'new', targetId: LISTENER },
    ];
    expect(uses([gateway([byVariable], { integrations })])).toEqual([
      { gateway: REST, integrationId: 'i1', targetId: LISTENER, routeKeys: ['GET /x'] },
    ]);
  });

  it('are those of gateways that can use a link of its kind; of an ID alone, of all', () => {
    const gateways = [
      gateway([route('GET /a', { linkId: 'old' })], { id: 'h1', kind: 'http-api' }),
      gateway([route('send', { linkId: 'old' })], { id: 'w1', kind: 'websocket-api' }),
      gateway([route('GET /a', { linkId: 'old' })], { id: 'r1' }),
    ];
    const ids = (kind?: LinkKind) =>
      (kind === undefined ? usesOfLink(CLOUDS, region(gateways), 'old') : uses(gateways, kind)).map(
        ({ gateway: { id } }) => id,
      );
    expect([ids('vpc-link-v2'), ids('vpc-link-v1'), ids()]).toEqual([
      ['h1', 'r1'],
      ['w1', 'r1'],
      ['h1', 'w1', 'r1'],
    ]);
  });
});
