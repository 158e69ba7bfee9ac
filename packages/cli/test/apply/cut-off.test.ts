import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** An applied spec with an identity, in a file that can be truncated. */
async function scene() {
  const server = await cloud();
  const there = await network(server);
  const text = specOf(there).replace('project: shop\n', 'project: shop\nspec: shop-7f3k2q\n');
  const cwd = folder({ 'postern.yaml': text });
  const file = path.join(cwd, 'postern.yaml');
  const postern = (...argv: string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
  const routes = (): readonly string[] =>
    (
      server.simulation.call(
        { service: 'apigatewayv2', operation: 'GetRoutes', region: 'eu-west-1' },
        { ApiId: there.api },
      ) as { readonly Items: readonly { readonly RouteKey: string }[] }
    ).Items.map(({ RouteKey }) => RouteKey);
  expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
  const cut = (): void => writeFileSync(file, readFileSync(file, 'utf8').split('integrations:')[0] ?? '');
  return { postern, routes, cut };
}

describe('a spec that was truncated after its links', () => {
  it('D16e: deletes no route, and reports why; the plan reports it first', async () => {
    const { postern, routes, cut } = await scene();
    const before = routes();
    expect(before).toContain('ANY /orders');
    cut();
    expect(await postern('plan', '--all')).toMatchObject({
      status: 0,
      out: expect.stringContaining('the spec declares no routes, so every live route of this spec (1) is deleted'),
    });
    const refused = await postern('apply', '--all', '--yes');
    expect(refused).toMatchObject({ status: 64, err: expect.stringContaining('DELETES_ALL_ROUTES') });
    expect(refused.err).toContain('--delete-all-routes');
    expect(routes()).toEqual(before);
  });

  it.runIf(PROVE)('deletes the routes when that is requested', async () => {
    const { postern, routes, cut } = await scene();
    cut();
    expect(await postern('apply', '--all', '--yes', '--delete-all-routes')).toMatchObject({ status: 0 });
    expect(routes()).not.toContain('ANY /orders');
  });

  it('is destroyed without a further option', async () => {
    const { postern, routes, cut } = await scene();
    cut();
    expect(await postern('destroy', '--yes')).toMatchObject({ status: 0 });
    expect(routes()).not.toContain('ANY /orders');
  });
});
