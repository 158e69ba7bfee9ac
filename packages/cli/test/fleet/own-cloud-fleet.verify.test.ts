import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startEngine } from '@postern/fleet';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SMALL_ENGINE } from '../../../fleet/test/fleet-world.js';
import { Interrupted } from '../../src/process/interruption.js';
import { folder, run } from '../run-command.js';
import { copyOfOwnCloud, OWN_CLOUD } from '../spec/copy-of-own-cloud.js';

const ACCOUNT = 'shop: { id: acc-1234, provider: tunnel, regions: [north-1] }';
const fleetOf = (accounts: string, more = 'specs: [two.yaml]') =>
  `version: 1\nfleet: shops\naccounts: { ${accounts} }\n${more}\n`;

/** Two tunnels, of which routes use the first. */
function twoLinks(): string {
  const text = readFileSync(path.join(OWN_CLOUD, 'postern.yaml'), 'utf8');
  const [line = ''] = /^ {2}main:.*$/m.exec(text) ?? [];
  return text.replace(line, `${line}\n${line.replace('main', 'next')}`);
}

/** An engine, and a worker that has the cloud of the example. */
async function aWorker(cwd: string): Promise<string> {
  const engine = await startEngine(SMALL_ENGINE);
  const controller = new AbortController();
  let ended: Promise<unknown> = Promise.resolve();
  onTestFinished(async () => {
    controller.abort(new Interrupted('SIGTERM'));
    await ended;
    await engine.stop();
  });
  const place = ['--engine', engine.ingress, '--register', engine.admin, '--port', '0'];
  await new Promise<void>((resolve, reject) => {
    const how = {
      cwd,
      signal: controller.signal,
      onOut: (out: string) => void (out.includes('Worker at') && resolve()),
    };
    ended = run(['fleet', 'worker', ...place, '--cloud', 'cloud.ts'], how).then(({ err }) => reject(new Error(err)));
  });
  // Nothing was lost before this engine.
  const body = JSON.stringify({ run: 'none', forMs: 0 });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${engine.ingress}/postern-runs/all/ended`, { method: 'POST', headers, body });
  return engine.ingress;
}

describe('a fleet on a cloud that a program brings', () => {
  it('is planned, applied, checked and moved on the engine', { timeout: 120_000 }, async () => {
    const move = '{ api: router1, from: main, to: next, acceptUnknown: [migrate/probe], pause: 1s, drain: 1s }';
    const file = fleetOf(ACCOUNT, `specs: [two.yaml]\nmoves: [${move}]`);
    const cwd = copyOfOwnCloud({ 'two.yaml': twoLinks(), 'fleet.yaml': file });
    const engine = await aWorker(cwd);
    const up = (...argv: string[]) => run(['fleet', 'up', '--cloud', 'cloud.ts', '--engine', engine, ...argv], { cwd });
    expect(await up('--dry-run')).toMatchObject({
      err: '',
      out: expect.stringContaining('two.yaml@shop/north-1') as string,
    });
    const applied = await up('--yes', '--ignore-findings', '*');
    expect(applied).toMatchObject({ status: 0, out: expect.stringContaining('Units: 3 done') as string });
    expect(await up('--goal', 'check')).toMatchObject({ status: 0 });
    const state = () =>
      JSON.parse(readFileSync(path.join(cwd, 'tunnel-account.json'), 'utf8')) as {
        readonly tunnels: readonly { readonly id: string; readonly name: string }[];
        readonly routes: readonly { readonly tunnel: string }[];
      };
    const idOf = (name: string) => state().tunnels.find((one) => one.name === name)?.id;
    expect(state().routes).toMatchObject([{ tunnel: idOf('main') }]);
    const moved = await up('--goal', 'migrate', '--yes');
    expect(moved).toMatchObject({ status: 0 });
    expect(state().routes).toMatchObject([{ tunnel: idOf('next') }]);
  });

  it.each([
    [
      'an ID of another form',
      ACCOUNT.replace('acc-1234', "'111122223333'"),
      'expected acc- and four digits',
      'Write acc-1234.',
    ],
    [
      'a region of another form',
      ACCOUNT.replace('north-1', 'eu-west-1'),
      '"eu-west-1" is not a valid region of Tunnel Cloud',
      'north-1',
    ],
    [
      'a role where the cloud has none',
      ACCOUNT.replace(' }', ", role: 'arn:aws:iam::{account}:role/p' }"),
      'Tunnel Cloud has no roles',
      'Remove the role.',
    ],
    ['an unknown cloud', ACCOUNT.replace('tunnel', 'tunel'), 'unknown provider "tunel"', 'Did you mean tunnel?'],
    [
      'a move that may be of two clouds',
      `${ACCOUNT}, main: { id: '111122223333', regions: [eu-west-1] }`,
      'the move is for accounts of several clouds: aws, tunnel',
      'Write `accounts` with those of one cloud.',
      'moves: [{ api: router1, from: a, to: b }]',
    ],
    [
      'a move of API groups',
      ACCOUNT,
      'no account of alibaba is given',
      'Add the account',
      'moves: [{ group: router1, to: b }]',
    ],
  ])('refuses %s', async (_, accounts, message, remedy, more?: string) => {
    const cwd = copyOfOwnCloud({ 'two.yaml': twoLinks(), 'fleet.yaml': fleetOf(accounts, more) });
    const { err, status } = await run(['fleet', 'up', '--dry-run', '--cloud', 'cloud.ts'], { cwd });
    expect(status).toBe(64);
    for (const one of ['INVALID_FLEET', 'fleet.yaml:', message, remedy]) expect(err).toContain(one);
  });

  it('needs the program, and says how it is given', async () => {
    const cwd = folder({ 'two.yaml': twoLinks(), 'fleet.yaml': fleetOf(ACCOUNT) });
    const { err, status } = await run(['fleet', 'up', '--dry-run'], { cwd });
    expect({ status, err }).toMatchObject({ status: 64, err: expect.stringContaining('--cloud FILE') as string });
  });
});
