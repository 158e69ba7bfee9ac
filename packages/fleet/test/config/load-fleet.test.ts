import { CLOUDS } from '../../../core/test/clouds.js';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { afterAll, expect, it } from 'vitest';
import { fleetJsonSchema } from '../../src/config/fleet-file.js';
import { loadFleet } from '../../src/config/load-fleet.js';

const cwd = mkdtempSync(path.join(tmpdir(), 'postern-fleet-'));
afterAll(() => rmSync(cwd, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
  writeFileSync(path.join(cwd, file), text);
}

const SPEC =
  'version: 1\nproject: shop\nspec: NAME\nlinks: { NAME: { provider: aws, region: eu-west-1, account: "${env:ACCOUNT}", id: v2x } }\n';
const FLEET =
  "version: 1\nfleet: shop\nspecs: ['**/*.yaml', { files: [all/a.json, '!x'] }]\naccounts: { one: { id: '111111111111' } }\n";

it('loadFleet: finds specs below the folder of the file, and names files as seen from the current one', async () => {
  write('ops/fleet.yml', FLEET);
  write('ops/teams/b/postern.yaml', SPEC.replaceAll('NAME', 'b'));
  write('ops/node_modules/x/postern.yaml', 'no');
  write('ops/all/a.json', JSON.stringify(parse(SPEC.replaceAll('NAME', 'a'))));
  const load = (env: Record<string, string>) => loadFleet('ops/fleet.yml', { clouds: CLOUDS, cwd, env });
  const { waves } = await load({ ACCOUNT: '111111111111' });
  expect(waves.flatMap(({ work }) => work.map(({ name }) => name))).toEqual([
    'all/a.json@one/eu-west-1',
    'teams/b/postern.yaml@one/eu-west-1',
  ]);
  const place = expect.objectContaining({ file: path.join('ops', 'all', 'a.json') }) as object;
  await expect(load({})).rejects.toMatchObject({ code: 'MISSING_VARIABLE', place, details: { count: 2 } });
  await expect(loadFleet('fleet.yaml', { clouds: CLOUDS, cwd })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});

it('fleetJsonSchema: is what is published as schema/fleet.json, and accepts what is parsed', () => {
  const file = new URL('../../schema/fleet.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(fleetJsonSchema(CLOUDS));
  const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(fleetJsonSchema(CLOUDS));
  expect(accepts(parse(FLEET))).toBe(true);
  expect(accepts(parse(FLEET.replace('fleet:', 'fleets:')))).toBe(false);
});
