import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findRunning } from '../../src/engine/running-engine.js';
import { startEngine } from '../../src/engine/start-engine.js';
import { SMALL_ENGINE } from '../fleet-world.js';

function dataFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What the note of a folder says, with another process that uses it: one that has ended. */
function orphan(folder: string): void {
  const file = path.join(folder, 'engine.json');
  const note = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...note, by: { pid: process.pid, command: 'has ended' } }));
}

const isAlive = async (pid: number): Promise<boolean> =>
  promisify(execFile)('kill', ['-0', String(pid)]).then(
    () => true,
    () => false,
  );

/** Whether a disk of its own can be mounted: that needs root. */
const MOUNTS = process.platform === 'linux' && process.getuid?.() === 0;

describe('the engine of a folder', () => {
  it('that does not start names a full disk, and else its log', async () => {
    const folder = dataFolder();
    const start = { program: '/bin/false', folder };
    await expect(startEngine(start)).rejects.toMatchObject({
      code: 'WAIT_TIMEOUT',
      remedy: `Read ${path.join(folder, 'server.log')}.`,
    });
    if (!MOUNTS) return;
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('umount', ['-l', folder]));
    await expect(startEngine(start)).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: `the server of Restate did not start: the disk of ${folder} has 1 MB left`,
      remedy: 'Make room on the disk, and start again: runs go on where they were.',
    });
  });

  it('is continued where the process that used it has ended, and is ended by the next one', async () => {
    const folder = dataFolder();
    const first = await startEngine({ ...SMALL_ENGINE, folder });
    await expect(startEngine({ folder })).rejects.toMatchObject({
      code: 'LOCKED',
      message: `process ${process.pid} runs an engine on the data in ${folder}`,
    });
    orphan(folder);
    const ports = { ingress: 1, admin: 2 };
    await expect(startEngine({ folder, ports })).rejects.toMatchObject({
      code: 'LOCKED',
      message: `process ${first.pid} runs an engine on the data in ${folder}, at ${first.ingress}`,
    });
    const next = await startEngine({ folder });
    expect(next).toMatchObject({ pid: first.pid, ingress: first.ingress, admin: first.admin });
    await expect(findRunning(folder)).rejects.toMatchObject({ code: 'LOCKED' });
    await next.stop();
    await expect.poll(() => isAlive(first.pid)).toBe(false); // its number is free a moment after its end
    expect(await findRunning(folder)).toBeUndefined();
  });

  it('is not another program that got its number, and not one of a note that was cut off', async () => {
    const folder = dataFolder();
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    onTestFinished(() => void other.kill('SIGKILL'));
    const by = { pid: process.pid, command: 'has ended' };
    const at = { ingress: 'http://127.0.0.1:1', admin: 'http://127.0.0.1:2' };
    writeFileSync(path.join(folder, 'engine.json'), JSON.stringify({ pid: other.pid, ...at, by }));
    expect(await findRunning(folder)).toBeUndefined();
    writeFileSync(path.join(folder, 'engine.json'), '{"pid": 4');
    expect(await findRunning(folder)).toBeUndefined();
  });
});
