import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { made, smallWorld, type SmallWorld } from '../small-world.js';

/** A disk of its own, in memory: mounting needs root. */
function smallDisk(): string | undefined {
  if (!PROVE || process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

const disk = smallDisk();

describe.runIf(disk !== undefined)('an engine on a disk that is full', () => {
  const folder = disk ?? '';
  const filler = path.join(folder, 'filler');
  let world: SmallWorld;
  beforeAll(async () => {
    world = await smallWorld({ folder });
  });
  afterAll(async () => {
    await world.close();
    execFileSync('umount', ['-l', folder]); // its log may be open for a moment
    rmSync(folder, { recursive: true });
  });

  /** Leaves no byte. */
  function fill(): void {
    const { bavail, bsize } = statfsSync(folder);
    try {
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
    } catch {
      // The engine has written meanwhile.
    }
  }

  it('makes nothing twice and loses no run: it goes on once there is room', async () => {
    const account = await world.account(undefined, { links: 4 });
    const creations = (): number => made(account, 'CreateVpcLink', 'CreateIntegration', 'CreateRoute');
    await world.client.start(world.request('full', [account]));
    await world.until('full', () => made(account, 'CreateVpcLink') > 0);
    fill();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const atFull = creations();
    rmSync(filler, { force: true });
    // The server does not recover by itself.
    await world.engine.kill();
    await world.engine.restart();
    expect(await world.ended('full')).toMatchObject({ state: 'done' });
    expect(atFull).toBeLessThan(12);
    expect(creations()).toBe(12);
  });
});
