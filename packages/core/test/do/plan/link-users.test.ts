import { describe, expect, it } from 'vitest';
import type { Spec } from '../../../src/do/spec.js';
import { FakeCloud } from '../../fake-cloud.js';
import { doneOf, linkSpec, planOf, runSpec, smallSpec } from '../../fake-run.js';

const LIST = ['10.20.0.0/20'];

interface Part {
  readonly link: string;
  readonly gateway: string;
  readonly port: number;
}

/** Integrations by name, each with one route, over links with an allowlist. */
function specOf(parts: Readonly<Record<string, Part>>, links: Readonly<Record<string, string>>): Spec {
  return {
    ...smallSpec(),
    links: Object.fromEntries(
      Object.entries(links).map(([name, subnet]) => [name, linkSpec({ subnets: [subnet], allowlist: LIST })]),
    ),
    integrations: Object.fromEntries(
      Object.entries(parts).map(([name, { link, gateway, port }]) => [
        name,
        {
          link,
          gateway: { httpApi: gateway },
          targets: { [name]: { ref: { listener: { loadBalancer: name, port } } } },
          routes: { [`ANY /${name}`]: name },
        },
      ]),
    ),
  };
}

function world(stages?: Parameters<FakeCloud['gateway']>[1]): FakeCloud {
  const cloud = new FakeCloud();
  cloud.gateway('api-1', stages);
  cloud.gateway('api-2');
  cloud.listener('orders', 80);
  cloud.listener('bills', 443);
  return cloud;
}

/** The ports that a link's group allows. */
function portsOf(cloud: FakeCloud, name: string): readonly number[] {
  const row = [...cloud.links.values()].find(({ tags }) => tags['postern:integration'] === name)!;
  return cloud
    .allowlistOf(row)
    .entries.map(({ fromPort }) => fromPort)
    .toSorted();
}

describe('apply D1: an allowlist is narrowed only after every route has moved', () => {
  const before = specOf(
    { orders: { link: 'eu', gateway: 'api-1', port: 80 }, bills: { link: 'eu', gateway: 'api-2', port: 443 } },
    { eu: 'subnet-1a' },
  );
  const after = specOf(
    { orders: { link: 'us', gateway: 'api-1', port: 80 }, bills: { link: 'eu', gateway: 'api-2', port: 443 } },
    { eu: 'subnet-1a', us: 'subnet-1b' },
  );

  it('awaits a route that moves to another link', async () => {
    const cloud = world();
    await runSpec(cloud, before);
    expect(portsOf(cloud, 'eu')).toEqual([443, 80]);
    const narrow = (await planOf(cloud, after)).units.find(({ id }) => id === 'link:eu/narrow');
    expect(narrow?.dependsOn).toContain('integration:orders');
    cloud.calls = [];
    expect(doneOf(await runSpec(cloud, after))).toMatchObject({ failed: 0, skipped: 0 });
    expect(cloud.calls.indexOf('allowlist.revoke')).toBeGreaterThan(cloud.calls.indexOf('routes.update'));
    expect(portsOf(cloud, 'eu')).toEqual([443]);
  });

  it('keeps the port when the route cannot move', async () => {
    const cloud = world();
    await runSpec(cloud, before);
    cloud.trouble = (operation) => (operation === 'links.create' ? 'deny' : undefined);
    expect(doneOf(await runSpec(cloud, after)).failed).toBe(1);
    expect(portsOf(cloud, 'eu')).toEqual([443, 80]);
  });

  it('deletes the route of a dropped integration whose gateway the spec does not name before', async () => {
    const cloud = world();
    await runSpec(cloud, before);
    await runSpec(cloud, specOf({ bills: { link: 'eu', gateway: 'api-2', port: 443 } }, { eu: 'subnet-1a' }));
    expect(cloud.calls.indexOf('allowlist.revoke')).toBeGreaterThan(cloud.calls.indexOf('routes.delete'));
    expect(portsOf(cloud, 'eu')).toEqual([443]);
  });
});

describe('apply D2: a link is deleted only after the stages that still serve it are deployed', () => {
  const spec = (subnet: string): Spec => specOf({ orders: { link: 'eu', gateway: 'api-1', port: 80 } }, { eu: subnet });

  it('keeps the old link while the deployment fails, run after run', async () => {
    const cloud = world([{ name: 'prod', autoDeploy: false }]);
    await runSpec(cloud, spec('subnet-1a'));
    cloud.trouble = (operation) => (operation === 'routes.deploy' ? 'deny' : undefined);
    for (let run = 0; run < 2; run += 1) {
      expect(doneOf(await runSpec(cloud, spec('subnet-1b')))).toMatchObject({ failed: 1, skipped: 1 });
      expect([...cloud.links.values()].map((row) => cloud.stateOf(row))).toEqual(['ready', 'ready']);
    }
    cloud.trouble = () => undefined;
    expect(doneOf(await runSpec(cloud, spec('subnet-1b')))).toMatchObject({ failed: 0, skipped: 0 });
    cloud.settle();
    expect(cloud.links.size).toBe(1);
  });
});

describe('narrowing awaits the deployments of gateways', () => {
  it('awaits the unit of a gateway whose stage does not deploy automatically', async () => {
    const cloud = world([{ name: 'prod', autoDeploy: false }]);
    await runSpec(cloud, specOf({ orders: { link: 'eu', gateway: 'api-1', port: 80 } }, { eu: 'subnet-1a' }));
    cloud.listener('orders', 81);
    const moved = specOf({ orders: { link: 'eu', gateway: 'api-1', port: 81 } }, { eu: 'subnet-1a' });
    cloud.trouble = (operation) => (operation === 'routes.deploy' ? 'deny' : undefined);
    expect(doneOf(await runSpec(cloud, moved))).toMatchObject({ failed: 1, skipped: 1 });
    expect(portsOf(cloud, 'eu')).toEqual([80, 81]);
  });
});

it('nothing is destroyed while gateways could not be read: refuses with the code of the gap', async () => {
  const cloud = world();
  const spec = specOf({ orders: { link: 'eu', gateway: 'api-1', port: 80 } }, { eu: 'subnet-1a' });
  await runSpec(cloud, spec);
  cloud.gaps = [{ what: 'APIs', operation: 'GetApis', code: 'PERMISSION_DENIED', of: 'gateways' }];
  await expect(planOf(cloud, spec, { destroy: true })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
});

describe('apply D10: a removal that could not read everything reports it', () => {
  it('names the list that could not be read, and removes the rest', async () => {
    const cloud = world();
    const spec = specOf({ orders: { link: 'eu', gateway: 'api-1', port: 80 } }, { eu: 'subnet-1a' });
    await runSpec(cloud, spec);
    expect((await planOf(cloud, spec, { destroy: true })).incomplete).toBeUndefined();
    const permission = 'ec2:DescribeSecurityGroups';
    const gap = { operation: 'DescribeSecurityGroups', code: 'PERMISSION_DENIED', permission } as const;
    cloud.gaps = [{ what: 'security groups', of: 'securityGroups', ...gap }];
    const plan = await planOf(cloud, spec, { destroy: true });
    expect(plan.incomplete).toEqual([
      expect.stringMatching(/^security groups in eu-west-1 could not be read .*allow ec2:/),
    ]);
    expect(plan.units.flatMap(({ steps }) => steps.map(({ kind }) => kind))).toEqual(['delete', 'delete']);
  });
});
