import { parseSpec } from '../../../core/test/clouds.js';
import type { Plan, Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { applied, destroyOf, planOf, stepsOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { webSocketWorld } from '../http-apis/web-socket-world.js';

type Cloud = Awaited<ReturnType<typeof webSocketWorld>>;

/** A spec of one folder: the existing V1 link, and routes of the API. */
function specOf({ gateway, v1 }: Cloud, name: string, routes: string, identity?: string): Spec {
  return parseSpec(`version: 1
project: shop
${identity === undefined ? '' : `spec: ${identity}`}
defaults: { region: eu-west-1 }
links:
  chat: { provider: aws, kind: vpc-link-v1, id: ${v1.id}, owner: external }
integrations:
  ${name}:
    link: chat
    gateway: { webSocketApi: ${gateway.id} }
    targets:
      plain: { listener: { loadBalancer: orders-nlb, port: 80 } }
      tls: { listener: { loadBalancer: orders-nlb, port: 443 }, tls: { serverName: chat.internal } }
    routes: { ${routes} }
`);
}

const ids = (plan: Plan) => stepsOf(plan).map(({ id }) => id);

async function made(cloud: Cloud, spec: Spec): Promise<readonly string[]> {
  const what = await planOf(cloud, spec);
  await applied(cloud, spec, what);
  expect(ids(await planOf(cloud, spec))).toEqual([]);
  return ids(what);
}

describe('a spec of a WebSocket API', () => {
  it('is applied and deployed, changed, and destroyed', async () => {
    const cloud = await webSocketWorld();
    const id = cloud.gateway.id;
    const first = specOf(
      cloud,
      'chat',
      `$connect: { target: tls, parameters: { header: { x-token: query.token } } }, send: plain, $default: plain`,
      'chat-7f3k2q',
    );
    expect(await made(cloud, first)).toEqual([
      `create route $connect on ${id}`,
      `create route send on ${id}`,
      `create route $default on ${id}`,
      `deploy ${id} to prod`,
    ]);
    expect(cloud.integrations()).toHaveLength(2);

    const next = specOf(
      cloud,
      'chat',
      `$connect: { target: tls, timeout: 5s }, send: { target: plain, host: a.internal }`,
      'chat-7f3k2q',
    );
    expect((await made(cloud, next)).toSorted()).toEqual([
      `delete route $default on ${id}`,
      `deploy ${id} to prod`,
      `retarget route $connect on ${id}`,
      `retarget route send on ${id}`,
    ]);
    expect(await cloud.find('$connect')).toMatchObject({
      settings: { timeoutMs: 5_000, host: 'chat.internal', parameters: { header: { 'x-token': 'query.token' } } },
    });
    expect(await cloud.find('send')).toMatchObject({ settings: { host: 'a.internal' } });

    await applied(cloud, next, await destroyOf(cloud, next));
    expect(cloud.routes()).toEqual([]);
    expect(cloud.integrations()).toEqual([]);
  });

  it('deletes nothing of another spec of the project, and each deploys its own routes', async () => {
    const cloud = await webSocketWorld();
    const [join, send] = [
      specOf(cloud, 'join', 'join: plain', 'join-7f3k2q'),
      specOf(cloud, 'send', 'send: plain', 'send-x9m2ab'),
    ] as const;
    await made(cloud, join);
    await made(cloud, send);
    expect(ids(await planOf(cloud, join))).toEqual([]);
    expect(
      cloud
        .routes()
        .map(({ RouteKey }) => RouteKey as string)
        .toSorted(),
    ).toEqual(['join', 'send']);
    expect(cloud.integrations()).toHaveLength(2);
    await made(cloud, specOf(cloud, 'send', 'send: plain, other: plain', 'send-x9m2ab'));
    expect(ids(await planOf(cloud, join))).toEqual([]);
  });

  it('is completed by the next run after an answer that was lost', async () => {
    const cloud = await webSocketWorld();
    const spec = specOf(cloud, 'chat', 'join: plain, send: plain');
    for (const operation of ['CreateIntegration', 'CreateRoute', 'CreateDeployment'])
      cloud.simulation.faults.add({ operation, kind: 'lost', times: 1 });
    await made(cloud, spec);
    expect(cloud.routes()).toHaveLength(2);
    expect(cloud.integrations()).toHaveLength(1);
  });
});
