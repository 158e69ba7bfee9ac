import type { AlibabaDriver } from '../../src/index.js';
import { waitFor, type CallContext, type Driver, type Owner } from '@postern/core/internal/adapter';
import type { AlibabaWorld, caller } from './conformance-world.js';
import { groupRef, instanceRef } from './refs.js';

const OWNER: Owner = { project: 'shop', spec: 'shop', integration: 'orders', name: 'backend' };

/** Makes a driver call every operation that it uses, in a world of the conformance suite. */
export async function exercise(
  driver: AlibabaDriver,
  world: AlibabaWorld,
  ctx: CallContext,
  call: ReturnType<typeof caller>,
): Promise<void> {
  const { id: groupId } = world.gateway;
  const { id: linkId } = await driver.links.create(
    'integration-instance',
    {
      name: 'orders',
      owner: OWNER,
      subnetIds: world.subnetIds,
      securityGroupIds: world.securityGroupIds,
      tags: { team: 'payments' },
      native: world.native,
    },
    ctx,
  );
  await ready(driver, linkId, ctx);
  await driver.linkChanges.rename(instanceRef(linkId), 'orders-2', ctx);
  await driver.linkChanges.tag(instanceRef(linkId), { team: 'orders' }, ctx);
  const target = await driver.targetResources.create(instanceRef(linkId), world.targets[0], OWNER, ctx);
  const use = { target, path: 'overwrite', tls: { serverName: 'orders.internal' } } as const;
  const request = {
    gateway: groupRef(groupId),
    key: 'GET /orders/{id}',
    link: instanceRef(linkId),
    use,
    owner: OWNER,
    stages: ['RELEASE', 'TEST'],
  };
  const route = await driver.routes.create(request, ctx);
  await driver.routes.update(route, { ...request, use: { target, path: 'keep' } }, ctx);
  await driver.routes.find(groupRef(groupId), request.key, ctx);
  await driver.targetResources.update(instanceRef(linkId), target.id, world.targets[1], ctx);

  call('CloudAPI', 'CreatePlugin', {
    PluginName: 'routing',
    PluginType: 'routing',
    PluginData: `routes:\n- name: vip\n  condition: $CaAppId = 1\n  backend: { type: HTTP-VPC, vpcAccessName: ${target.id} }\n`,
  });
  const { BackendId } = call('CloudAPI', 'CreateBackend', { BackendName: 'registry', BackendType: 'VPC' });
  call('CloudAPI', 'CreateBackendModel', {
    BackendId,
    BackendType: 'VPC',
    StageName: 'RELEASE',
    BackendModelData: JSON.stringify({ VpcConfig: { Name: target.id, VpcScheme: 'HTTP' }, ServiceTimeout: 10_000 }),
  });
  call('CloudAPI', 'CreatePrivateDNS', {
    IntranetDomain: 'orders.internal',
    Type: 'A',
    Records: [{ Record: '10.10.0.9', Weight: 100 }],
  });
  await driver.observe(
    {
      all: true,
      egress: true,
      project: OWNER.project,
      declared: ['another'],
      links: [linkId],
      targets: world.targets,
      subnets: world.subnetIds,
      securityGroups: world.securityGroupIds,
      gateways: [world.gateway.ref],
    },
    ctx,
  );
  await driver.egress(instanceRef(linkId), ctx);
  const entry = { cidrBlock: '10.20.0.0/20', protocol: 'all', fromPort: 0, toPort: 65_535 } as const;
  await driver.allowlist.allow(instanceRef(linkId), [entry], ctx);
  await driver.blockUses.resources?.(instanceRef(linkId), ctx);
  await driver.allowlist.revoke(instanceRef(linkId), [entry], ctx);

  await driver.routes.delete(groupRef(groupId), request.key, OWNER, ctx);
  await driver.targetResources.delete(instanceRef(linkId), target.id, ctx);
  await driver.links.delete(instanceRef(linkId), ctx);
}

/** Waits until a link is ready. */
export async function ready(driver: Driver, linkId: string, ctx: CallContext): Promise<void> {
  await waitFor({
    what: linkId,
    read: async () => (await driver.links.statuses([instanceRef(linkId)], ctx))[0]?.state ?? 'gone',
    status: (state) => state,
    pending: ['pending'],
    target: ['ready'],
    timeoutMs: driver.traits('integration-instance').linkTimeoutMs,
    pollMs: driver.traits('integration-instance').pollMs,
    clock: ctx.clock,
  });
}
