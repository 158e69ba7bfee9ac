import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { simulate } from '@postern/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../packages/cli/src/main.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { buildNetwork, clients } from '../rest-options/network.mjs';

const OPTIONS = [1, 2, 3, 4, 5].map((number) => ({ number, project: `option-${number}` }));

describe('the five ways from API Gateway to a private backend', () => {
  const folder = temporaryFolder();
  let server: Awaited<ReturnType<ReturnType<typeof simulate>['listen']>>;
  let apis: { readonly httpApi: string; readonly restApi: string };

  beforeAll(async () => {
    server = await simulate({ seed: 7, clock: 'auto', throttle: false }).listen();
    const config = {
      endpoint: server.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'options', secretAccessKey: 'options' },
    };
    apis = await buildNetwork(clients(config), () => undefined);
    for (const { project } of OPTIONS) {
      const spec = readFileSync(new URL(`../rest-options/${project}.yaml`, import.meta.url), 'utf8');
      writeFileSync(path.join(folder, `${project}.yaml`), spec);
    }
  }, 60_000);
  afterAll(() => server.close());

  const postern = async (...argv: string[]) => {
    let out = '';
    let err = '';
    const status = await main(argv, {
      stdout: { write: (text) => void (out += text), isTerminal: false },
      stderr: { write: (text) => void (err += text), isTerminal: false },
      canAsk: false,
      env: { POSTERN_SIMULATOR: server.url, SHOP_HTTP_API: apis.httpApi, SHOP_REST_API: apis.restApi },
      cwd: folder,
      signal: new AbortController().signal,
    });
    return { status, out, err };
  };

  it.each(OPTIONS)(
    'option $number is applied, shows its users, passes its checks and is destroyed',
    async ({ project }) => {
      const spec = ['--spec', `${project}.yaml`];
      expect(await postern('apply', '--yes', ...spec)).toMatchObject({ status: 0 });
      const again = await postern('plan', ...spec);
      expect(again).toMatchObject({
        status: 0,
        out: expect.stringMatching(/^No changes; \d+ unchanged\.\n$/) as string,
      });
      const checked = await postern('check', ...spec);
      expect(checked.out.match(/^ {2}✗ .*/gm) ?? []).toEqual([]);
      const uses = await postern('links', '--uses', '--provider', 'aws', '--region', 'eu-west-1');
      for (const key of Object.keys(routesOf(project))) expect(uses.out).toContain(key);
      expect(await postern('destroy', '--yes', ...spec)).toMatchObject({ status: 0 });
      const left = await postern('links', '--provider', 'aws', '--region', 'eu-west-1');
      expect(left.out).not.toContain(project);
    },
  );

  function routesOf(project: string): Readonly<Record<string, true>> {
    const text = readFileSync(path.join(folder, `${project}.yaml`), 'utf8');
    const keys = [...text.matchAll(/^ {6}'((?:ANY|GET) \/\S+)':/gm)].map(([, key]) => key ?? '');
    return Object.fromEntries(keys.map((key) => [key, true]));
  }
});
