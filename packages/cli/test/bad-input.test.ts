import { expect, it } from 'vitest';
import { cloud, folder, run, type Ran } from './run-command.js';

/** Code, place, and what the remedy must say. */
function expectTold(
  { status, out, err }: Ran,
  expected: { status: number; code: string; place: string; remedy: RegExp },
): void {
  const lines = err.split('\n').filter((line) => !line.endsWith(' and is tried again'));
  const [banner = '', head = '', place = '', remedy = ''] = lines;
  expect(banner).toMatch(/SIMULATOR/);
  expect(head).toMatch(new RegExp(`^error ${expected.code}: `));
  expect(place.trim()).toBe(expected.place);
  expect(remedy).toMatch(expected.remedy);
  expect({ status, out }).toEqual({ status: expected.status, out: '' });
}

it('a cloud that returns errors is reported with code, place and remedy: credentials that are refused', async () => {
  const server = await cloud({ verifySignatures: { keys: { AKIAOTHER: 'other' } } });
  const cwd = folder({
    'postern.yaml':
      'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks:\n  main: { provider: aws, region: eu-west-1, subnets: [subnet-1] }\n',
  });
  const ran = await run(['plan'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
  expectTold(ran, { status: 1, code: 'CREDENTIALS_REFUSED', place: 'postern.yaml:5:3', remedy: /\w/ });
});
