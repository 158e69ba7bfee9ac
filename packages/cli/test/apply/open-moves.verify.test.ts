import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileJournal } from '@postern/core/internal/node';
import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const AT = '2026-06-01T00:00:00.000Z';
const RUN = `${AT}-1a2b3c4d`;
const MOVE = '0123456789abcdef';

/** The records of a move that has come to its drain. */
async function writeMove(cwd: string, from: string, gateway: string): Promise<void> {
  const moves = path.join(cwd, '.postern', 'moves');
  mkdirSync(moves, { recursive: true });
  const journal = fileJournal(path.join(moves, 'gateways.journal'));
  const lock = await journal.lock();
  const ends = { from: { kind: 'vpc-link-v2', id: from }, to: { kind: 'vpc-link-v2', id: 'new123' } };
  const unit = { id: 'u', gateway: { kind: 'http-api', id: gateway }, ...ends };
  const place = { provider: 'aws', region: 'eu-west-1', account: '111122223333' };
  const plan = {
    version: 1,
    kind: 'move',
    move: MOVE,
    ...place,
    ...ends,
    request: { region: place.region, from, to: 'new123' },
    units: [{ unit, name: 'u', probes: [] }],
    widen: [],
  };
  const value = { project: 'moves', goal: 'move', command: 'migrate run', move: MOVE, plan };
  await journal.append({ type: 'run', at: AT, run: RUN, value });
  const drain = { sinceMs: Date.parse(AT), ms: 3_600_000 };
  await journal.append({
    type: 'after',
    at: AT,
    run: RUN,
    unit: 'move',
    step: 'drain',
    value: { ok: true, value: drain },
  });
  await lock.release();
}

describe('a plan that changes a link of an open move', () => {
  it('says so, in plan, apply and destroy; not where the move is of another link, or has ended', async () => {
    const server = await cloud();
    const cwd = folder();
    const world = await network(server);
    writeFileSync(path.join(cwd, 'postern.yaml'), specOf(world));
    const env = { POSTERN_SIMULATOR: server.url };
    const postern = (...args: readonly string[]) => run(args, { cwd, env });
    expect((await postern('apply', '--yes')).status).toBe(0);
    const { Items = [] } = await server.simulation.clients('eu-west-1').apiGatewayV2.getVpcLinks({});
    const [{ VpcLinkId: link = '' } = {}] = Items;
    await writeMove(cwd, link, world.api);
    const what = `changes routes of gateway ${world.api} and deletes link ${link}`;
    const said = `move ${MOVE} from ${link} to new123 is open (draining until 2026-06-01T01:00:00.000Z), and this plan ${what}`;
    const planned = (await postern('plan', '--destroy')).out.replaceAll(/\s+/g, ' ');
    expect(planned).toContain(said);
    expect((await postern('plan')).out).not.toContain(MOVE);
    const destroyed = await postern('destroy', '--yes');
    expect([destroyed.status, destroyed.out.replaceAll(/\s+/g, ' ')]).toEqual([0, expect.stringContaining(said)]);

    expect((await postern('apply', '--yes')).status).toBe(0);
    expect((await postern('plan', '--destroy')).out).not.toContain('deletes link');
  });
});
