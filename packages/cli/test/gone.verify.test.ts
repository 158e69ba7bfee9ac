import { getEventListeners } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cloud, folder, network, run, specOf, type Ran } from './run-command.js';

async function scene() {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder({ 'postern.yaml': specOf(there) });
  const postern = (...argv: string[]): Promise<Ran> => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
  return { server, there, cwd, postern };
}

it('a resource that could not be read: is not reported as missing', async () => {
  const { server, postern } = await scene();
  await postern('apply', '--yes');
  server.simulation.faults.add({ kind: 'deny', operation: 'GetVpcLinks' });
  for (const argv of [['links'], ['links', '--uses'], ['links', 'elsewhere']]) {
    const { status, out, err } = await postern(...argv);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toMatch(/error PERMISSION_DENIED: GetVpcLinks: [\s\S]*Allow apigateway:GET/);
  }
  const imported = await postern('import', '--region', 'eu-west-1', '-o', 'imported.yaml');
  expect(imported).toMatchObject({ status: 0, out: '' });
  expect(imported.err).toMatch(/note: the spec does not include VPC links: GetVpcLinks returned PERMISSION_DENIED/);
});

it('a spec without links reports that nothing is read', async () => {
  const cwd = folder({ 'postern.yaml': 'version: 1\nproject: shop\nspec: shop-7f3k2q\n' });
  expect(await run(['destroy', '--yes'], { cwd })).toMatchObject({
    status: 0,
    err: 'note: the spec names no link: only where its journal shows resources is read; --also-region names a region\n',
  });
});

it('import -o: replaces an imported spec, and a spec from another source only when that is requested', async () => {
  const { postern, cwd, there } = await scene();
  const file = path.join(cwd, 'postern.yaml');
  const again = ['import', '--region', 'eu-west-1', '-o'];
  expect(await postern(...again, 'new.yaml')).toMatchObject({ status: 0 });
  expect(await postern(...again, 'new.yaml')).toMatchObject({ status: 0 });
  expect(await postern(...again, 'postern.yaml')).toMatchObject({
    status: 64,
    err: expect.stringMatching(/error INVALID_INPUT: postern\.yaml exists[\s\S]*--force/),
  });
  expect(readFileSync(file, 'utf8')).toBe(specOf(there));
  expect(await postern(...again, 'postern.yaml', '--force')).toMatchObject({ status: 0 });
  expect(readFileSync(file, 'utf8')).toContain('# What was there at ');
});

it('--all: finds managed routes on a gateway that the spec no longer names', async () => {
  const { server, there, cwd, postern } = await scene();
  const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
  const { ApiId: second = '' } = await apiGatewayV2.createApi({ Name: 'second', ProtocolType: 'HTTP' });
  const routesThere = async () => (await apiGatewayV2.getRoutes({ ApiId: second })).Items?.length;
  const target = '{ listener: { loadBalancer: orders, port: 80 } }';
  const more = `  more: { link: main, gateway: { httpApi: ${second} }, targets: { t: ${target} }, routes: { 'GET /more': t } }\n`;
  const spec = specOf(there);
  writeFileSync(path.join(cwd, 'postern.yaml'), spec + more);
  expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
  expect(await routesThere()).toBe(1);

  writeFileSync(path.join(cwd, 'postern.yaml'), spec);
  expect(await postern('plan', '--all', '--detailed-exitcode')).toMatchObject({
    status: 2,
    out: expect.stringContaining(
      `- delete route GET /more on ${second}: it is managed by this project and not declared`,
    ),
  });
  expect(await postern('apply', '--all', '--yes')).toMatchObject({ status: 0 });
  expect(await routesThere()).toBe(0);
  expect(await postern('plan', '--all')).toMatchObject({
    out: expect.stringContaining('No changes; 2 unchanged.\n'),
  });
});

it('many concurrent calls add at most three listeners to their abort signal', async () => {
  const server = await cloud();
  const there = await network(server);
  const routes = Array.from({ length: 40 }, (_, at) => `'GET /r${at}': orders`).join(', ');
  const cwd = folder({ 'postern.yaml': specOf(there).replace("'ANY /orders': orders", routes) });
  const { signal } = new AbortController();
  let most = 0;
  const onOut = (): void => void (most = Math.max(most, getEventListeners(signal, 'abort').length));
  const env = { POSTERN_SIMULATOR: server.url };
  expect(await run(['apply', '--yes', '--json'], { cwd, env, signal, onOut })).toMatchObject({ status: 0 });
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(3);
});
