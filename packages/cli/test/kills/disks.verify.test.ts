import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileJournal } from '@postern/core/internal/node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { folder, run } from '../run-command.js';
import { awsScene } from './aws-scene.js';
import { bundleCommand, type Ended, type PosternCommand } from './postern-command.js';
import { PROVE } from '../../../core/test/runs.js';

let command: PosternCommand;
beforeAll(async () => {
  command = await bundleCommand();
});
afterAll(() => command.end());

/** Limits of the length of a file, in the shell's blocks of 512 or 1,024 bytes. */
const BLOCKS = !PROVE ? [2] : [0, 1, 2, 3, 4];
const APPLY = ['apply', '--yes', '--json'];
const CREATES = ['CreateVpcLink', 'CreateRoute', 'CreateIntegration'];

async function scene() {
  const { server, first } = await awsScene();
  onTestFinished(() => server.close());
  const cwd = folder({ 'postern.yaml': first });
  const env = { POSTERN_SIMULATOR: server.url };
  const created = () => server.simulation.journal().filter(({ operation }) => CREATES.includes(operation)).length;
  const start = (how: { readonly shell?: string; readonly uid?: number | undefined } = {}) =>
    command.start(APPLY, { cwd, env, ...how }).ended;
  return { server, cwd, env, created, start };
}

/** What mounts a file system that only the command sees. */
const inNamespace = (mount: string): string => `unshare -rm sh -c '${mount}; exec "$@"' sh "$@"; exit $?`;

/** The one line of an error under `--json`: a code, a message and a remedy. */
const failed = (code: string, text: string) => ({
  status: 1,
  err: expect.stringMatching(
    new RegExp(
      `\\n{"error":{"code":"${code}","message":"[^\\n]*${text}[^\\n]*","[^\\n]*remedy":"[A-Z][^\\n]*\\."}}\\n$`,
    ),
  ),
});

/** The journal has a record of each creation that the cloud has seen, and the next run completes what is left. */
async function continues({ server, cwd, env, created }: Awaited<ReturnType<typeof scene>>): Promise<void> {
  const befores = (await fileJournal(path.join(cwd, '.postern/shop.journal')).read()).filter(
    ({ type }) => type === 'before',
  );
  expect(befores.length).toBeGreaterThanOrEqual(created());
  expect(await run(APPLY, { cwd, env })).toMatchObject({ status: 0 });
  const { Items = [] } = await server.simulation.clients('eu-west-1').apiGatewayV2.getVpcLinks({});
  expect(Items.map(({ Name }) => Name).toSorted()).toEqual(['billing', 'eu']);
}

describe('the journal on a disk that cannot be written', () => {
  it.runIf(PROVE)(
    'a file that may not grow any more stops the run at a record, and nothing is done without one',
    async () => {
      const ends: Ended[] = [];
      for (const blocks of BLOCKS) {
        const all = await scene();
        // The system ends a write at this length with EFBIG, as it does with ENOSPC on a full disk.
        const ended = await all.start({ shell: `ulimit -f ${blocks}` });
        ends.push(ended);
        if (blocks === 0) expect(all.created()).toBe(0);
        await continues(all);
      }
      expect(ends.map(({ status, killedBy }) => status ?? killedBy)).toEqual(BLOCKS.map(() => 1));
      for (const ended of ends) expect(ended).toMatchObject(failed('JOURNAL_WRITE_FAILED', ''));
    },
  );

  // A mount without root needs a user namespace, which some systems refuse.
  const namespaces = spawnSync('unshare', ['-rm', 'true']).status === 0;

  it.skipIf(!PROVE || !namespaces)('a full disk stops the run before anything is done', async () => {
    const all = await scene();
    mkdirSync(path.join(all.cwd, '.postern'));
    const mount = 'mount -t tmpfs -o size=4k none .postern; head -c 4096 /dev/zero > .postern/full';
    const ended = await all.start({ shell: inNamespace(mount) });
    expect(ended).toMatchObject(failed('(?:JOURNAL_WRITE_FAILED|FILE_UNWRITABLE)', ''));
    expect(ended.err).toContain('ENOSPC');
    expect(all.created()).toBe(0);
    await continues(all);
  });

  it.skipIf(!PROVE || !namespaces)('a read-only file system stops the run before anything is done', async () => {
    const all = await scene();
    mkdirSync(path.join(all.cwd, '.postern'));
    const mount = 'mount -t tmpfs -o ro none .postern';
    const ended = await all.start({ shell: inNamespace(mount) });
    expect(ended).toMatchObject({ status: 1, err: expect.stringContaining('EROFS') });
    expect(all.created()).toBe(0);
    await continues(all);
  });

  // Root may write everywhere, so the process is another user's there.
  const uid = process.getuid?.() === 0 ? 65_534 : undefined;
  const reads = uid === undefined || spawnSync('ls', [import.meta.dirname], { uid }).status === 0;

  it.skipIf(!PROVE || !reads)('a folder without write permission stops the run before anything is done', async () => {
    const all = await scene();
    chmodSync(all.cwd, 0o555);
    const ended = await all.start({ uid });
    expect(ended).toMatchObject(failed('JOURNAL_WRITE_FAILED', 'folder'));
    expect(all.created()).toBe(0);
    chmodSync(all.cwd, 0o755);
  });

  it.runIf(PROVE)('a device in the place of the journal is refused', async () => {
    const all = await scene();
    mkdirSync(path.join(all.cwd, '.postern'));
    symlinkSync('/dev/full', path.join(all.cwd, '.postern/shop.journal'));
    expect(await all.start()).toMatchObject(failed('JOURNAL_WRITE_FAILED', 'not a regular file'));
    expect(all.created()).toBe(0);
  });
});
