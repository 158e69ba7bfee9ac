import { readFileSync } from 'node:fs';
import { simulate } from '@postern/simulator';
import { expect, it } from 'vitest';
import { main } from '../../packages/cli/src/main.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { buildNetwork, clients } from '../rest-options/network.mjs';
import { sample } from '../../packages/core/test/runs.js';

/** The network of the example on a simulated cloud, with the spec of one option in a folder; and the command line there. */
async function scene(option: number) {
  const server = await simulate({ seed: 7, clock: { speed: 3000 }, throttle: false }).listen();
  const credentials = { accessKeyId: 'options', secretAccessKey: 'options' };
  const there = clients({ endpoint: server.url, region: 'eu-west-1', credentials });
  const { httpApi, restApi } = await buildNetwork(there, () => undefined);
  const spec = readFileSync(new URL(`../rest-options/option-${option}.yaml`, import.meta.url), 'utf8');
  const cwd = temporaryFolder({ 'postern.yaml': spec });
  const postern = async (...argv: string[]) => {
    let out = '';
    let err = '';
    const status = await main(argv, {
      stdout: { write: (text) => void (out += text), isTerminal: false },
      stderr: { write: (text) => void (err += text), isTerminal: false },
      canAsk: false,
      env: { POSTERN_SIMULATOR: server.url, SHOP_HTTP_API: httpApi, SHOP_REST_API: restApi },
      cwd,
      signal: new AbortController().signal,
    });
    return { status, out, err };
  };
  const routes = [...spec.matchAll(/^ {6}'((?:ANY|GET) \/\S*)':/gm)].map(([, key]) => key ?? '');
  return { there, restApi, server, postern, routes };
}

it.each(sample([1, 2, 3, 4, 5], 5))(
  'option %i is applied, shows its users, passes its checks and is destroyed',
  async (option) => {
    const { there, restApi, server, postern, routes } = await scene(option);
    try {
      expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
      expect(await postern('plan')).toMatchObject({
        status: 0,
        out: expect.stringMatching(/^No changes; \d+ unchanged\.\n/) as string,
      });
      const { out: report } = await postern('check');
      expect(report.match(/^ *✗ .*/gm) ?? []).toEqual([]);
      const { out: uses } = await postern('links', '--uses');
      expect(routes.length).toBeGreaterThan(0);
      for (const key of routes) expect(uses).toContain(key);
      expect(await postern('destroy', '--yes')).toMatchObject({ status: 0 });
      const { items: links } = await there.rest.getVpcLinks({});
      const { Items: linksV2 } = await there.http.getVpcLinks({});
      const { item: stages } = await there.rest.getStages({ restApiId: restApi });
      const { items: resources } = await there.rest.getResources({ restApiId: restApi });
      expect({ links, linksV2, stages, paths: resources?.map(({ path }) => path) }).toEqual({
        links: [],
        linksV2: [],
        stages: [],
        paths: ['/'],
      });
    } finally {
      await server.close();
    }
  },
);
