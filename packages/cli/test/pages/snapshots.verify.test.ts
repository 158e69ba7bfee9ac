import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloud, folder, run } from '../run-command.js';
import { shop, shopWithLink, store, storeThatMoves } from './worlds.js';

const AWS = ['--provider', 'aws', '--region', 'eu-west-1'];
const ALIBABA = ['--provider', 'alibaba', '--region', 'cn-hangzhou'];

describe('the snapshots that the pages begin with', () => {
  it.each([
    { name: 'shop.json', build: shop, of: AWS },
    { name: 'existing-aws.json', build: shopWithLink, of: AWS },
    { name: 'existing-alibaba.json', build: store, of: ALIBABA },
    { name: 'two-instances.json', build: storeThatMoves, of: ALIBABA },
  ])(
    'docs/tutorial/$name is what postern snapshot writes; to update the snapshot, run: vitest -u',
    async ({ name, build, of }) => {
      const server = await cloud();
      await build(server);
      const cwd = folder();
      const taken = await run(['snapshot', ...of, '-o', name], { cwd, env: { POSTERN_SIMULATOR: server.url } });
      expect(taken).toMatchObject({ status: 0 });
      await expect(readFileSync(path.join(cwd, name), 'utf8')).toMatchFileSnapshot(
        path.resolve(import.meta.dirname, '../../../../docs/tutorial', name),
      );
    },
  );
});
