import { createContext, type CallContext, type RegionSnapshot } from '@postern/core/internal/library';
import { encodeSnapshot, SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { simulate, type Simulation } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { restWorld } from '../world/rest-setup.js';
import { REGION } from '../world/simulated.js';

const OWNER = { project: 'shop', spec: 'shop', integration: 'orders' };

const context = (simulation: Simulation): CallContext => createContext({ clock: simulation.clock, random: () => 0.5 });

/** The twin of a region, and what it lacks. */
function twinOf(region: RegionSnapshot) {
  const takenAt = '2026-06-01T00:00:00.000Z';
  const snapshot = { version: SNAPSHOT_VERSION, takenAt, scope: 'all', regions: [region] } as const;
  const simulation = simulate({ seed: 99, clock: 'auto', throttle: false });
  const lacks = simulation.loadSnapshot(decodeSnapshot(encodeSnapshot(snapshot)));
  const call = (operation: string, input: Readonly<Record<string, unknown>>): any =>
    simulation.call({ service: 'apigateway', operation, region: REGION }, input);
  return { simulation, lacks, call, driver: aws({ region: REGION, clients: simulation.clients(REGION) }) };
}

/** A region with a route that was changed after it was deployed: its port, or its scheme. */
async function deployedRegion(change: 'port' | 'scheme' = 'port') {
  const { simulation, driver, gateway, link, close } = await restWorld({ aws, simulate });
  const ctx = context(simulation);
  const at = (port: number) => driver.targets.resolve({ listener: { loadBalancer: 'orders-nlb', port } }, {}, ctx);
  const request = async (port: number, tls?: { readonly serverName?: string }) => ({
    gateway,
    key: 'GET /orders',
    link,
    owner: OWNER,
    use: { target: await at(port), path: 'overwrite', ...(tls === undefined ? {} : { tls }) } as const,
  });
  const route = await driver.routes.create(await request(80, change === 'scheme' ? {} : undefined), ctx);
  await driver.stages.deploy(gateway, 'prod', 'postern:shop@shop/0123abcd', ctx);
  await driver.routes.update(route, await request(change === 'scheme' ? 80 : 8080), ctx);
  const region = await driver.observe({ all: true, checks: true }, ctx);
  await close();
  return { region, gateway, link };
}

describe('the twin of a region with a REST API', () => {
  it('serves on a stage what was deployed there, and says what it lacks', async () => {
    const { region, gateway } = await deployedRegion();
    const { simulation, lacks, driver } = twinOf(region);
    expect(lacks).toEqual([`which resources of ${gateway.id} were created with its methods is not in a snapshot`]);
    const again = await driver.observe({ all: true, checks: true }, context(simulation));
    const of = ({ gateways }: RegionSnapshot) => gateways.find(({ id }) => id === gateway.id);
    expect(of(again)?.uses).toEqual(of(region)?.uses);
    expect(of(again)?.stages).toEqual(of(region)?.stages);
    expect(new Set(of(again)?.uses?.map(({ targetId }) => targetId)).size).toBe(2);
  });

  it('serves the scheme that was deployed', async () => {
    const { region, gateway } = await deployedRegion('scheme');
    const { simulation, driver } = twinOf(region);
    const again = await driver.observe({ all: true, checks: true }, context(simulation));
    const of = ({ gateways }: RegionSnapshot) => gateways.find(({ id }) => id === gateway.id);
    expect(of(region)?.uses?.map(({ scheme }) => scheme)).toContain('https');
    expect(of(again)?.uses).toEqual(of(region)?.uses);
  });

  it('serves the scheme that was deployed where a variable that no stage has decides the link', async () => {
    const { simulation, driver, gateway, link, close } = await restWorld({ aws, simulate });
    const ctx = context(simulation);
    const target = await driver.targets.resolve({ listener: { loadBalancer: 'orders-nlb', port: 80 } }, {}, ctx);
    const tls = { serverName: 'stock.shop.internal' };
    const request = { gateway, key: 'GET /orders', link, owner: OWNER, use: { target, path: 'overwrite' } } as const;
    await driver.routes.create({ ...request, use: { ...request.use, tls } }, ctx);
    const call = (operation: string, input: Readonly<Record<string, unknown>>): any =>
      simulation.call({ service: 'apigateway', operation, region: REGION }, { restApiId: gateway.id, ...input });
    const { id: resourceId } = call('GetResources', {}).items.find(({ path }: { path: string }) => path === '/orders');
    const patch = [{ op: 'replace', path: '/connectionId', value: '${stageVariables.link}' }];
    call('UpdateIntegration', { resourceId, httpMethod: 'GET', patchOperations: patch });
    await driver.stages.deploy(gateway, 'prod', 'postern:shop@shop/0123abcd', ctx);
    call('DeleteMethod', { resourceId, httpMethod: 'GET' });
    const region = await driver.observe({ all: true, checks: true }, ctx);
    await close();
    const { simulation: twin, driver: again } = twinOf(region);
    const served = ({ gateways }: RegionSnapshot) => gateways.find(({ id }) => id === gateway.id)?.stages[0]?.served;
    expect(served(region)?.routes).toEqual([expect.objectContaining({ tls, variables: ['link'] })]);
    expect(served(await again.observe({ all: true, checks: true }, context(twin)))).toEqual(served(region));
  });

  it('has a V1 link that holds its load balancer until it is deleted', async () => {
    const { region, link } = await deployedRegion();
    const { simulation, call } = twinOf(region);
    const { targetArns } = call('GetVpcLink', { vpcLinkId: link.id });
    const status = async (): Promise<string> => {
      const { id } = call('CreateVpcLink', { name: 'second', targetArns });
      await simulation.advance(600_000);
      return call('GetVpcLink', { vpcLinkId: id }).status;
    };
    expect(await status()).toBe('FAILED');
    for (const { id } of call('GetRestApis', {}).items) call('DeleteRestApi', { restApiId: id });
    call('DeleteVpcLink', { vpcLinkId: link.id });
    await simulation.advance(600_000);
    expect(await status()).toBe('AVAILABLE');
  });

  it('goes on with the deletion of a V1 link', async () => {
    const { region, link } = await deployedRegion();
    const links = region.links.map((one) =>
      one.id === link.id ? { ...one, state: 'deleting' as const, nativeState: 'DELETING' } : one,
    );
    const { simulation, call } = twinOf({ ...region, links });
    expect(call('GetVpcLink', { vpcLinkId: link.id }).status).toBe('DELETING');
    await simulation.advance(600_000);
    expect(call('GetVpcLinks', {}).items).toEqual([]);
  });
});
