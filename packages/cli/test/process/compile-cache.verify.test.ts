import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import nodeModule from 'node:module';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { enableCompileCache } from '../../src/process/compile-cache.js';
import { folder } from '../run-command.js';

/** Node's function for compiled code. Node 20 has none. */
const node = nodeModule as { enableCompileCache?: ((folder: string) => unknown) | undefined };

class Place {
  readonly root = folder();
  readonly cache = path.join(this.root, 'cache/postern');

  /** The arguments of Node's function, for a user with this environment in this folder; `nothing` where it is not called. */
  run(env: Record<string, string> = {}): string {
    const [cwd, before] = [process.cwd(), node.enableCompileCache];
    let told = 'nothing';
    node.enableCompileCache = (...folder) => (told = JSON.stringify(folder));
    const none = { NODE_COMPILE_CACHE: undefined, NODE_DISABLE_COMPILE_CACHE: undefined };
    for (const [name, value] of Object.entries({ ...none, XDG_CACHE_HOME: path.dirname(this.cache), ...env })) {
      vi.stubEnv(name, value);
    }
    try {
      process.chdir(this.root);
      enableCompileCache();
      return told;
    } finally {
      process.chdir(cwd);
      vi.unstubAllEnvs();
      node.enableCompileCache = before;
    }
  }
}

describe.skipIf(process.platform === 'win32')('the folder that Node keeps compiled code in', () => {
  const told = (place: Place, env: Record<string, string> = {}): string => place.run(env);
  const own = (place: Place): string => JSON.stringify([realpathSync(place.cache)]);

  it('is the own one of the user, and nobody else can write there', () => {
    const place = new Place();
    expect(told(place)).toBe(own(place));
    expect(statSync(place.cache).mode & 0o777).toBe(0o700);
  });

  it.each<[string, (place: Place) => void]>([
    ['others can write to it', ({ cache }) => chmodSync(cache, 0o777)],
    ['its group can write to it', ({ cache }) => chmodSync(cache, 0o770)],
    ['others can replace it', ({ cache }) => chmodSync(path.dirname(cache), 0o777)],
    [
      'it is a link into a folder of others',
      ({ root, cache }) => {
        mkdirSync(path.join(root, 'shared/theirs'), { recursive: true });
        chmodSync(path.join(root, 'shared'), 0o777);
        rmSync(cache, { recursive: true });
        symlinkSync(path.join(root, 'shared/theirs'), cache);
      },
    ],
    ['it is a file', ({ cache }) => (rmSync(cache, { recursive: true }), writeFileSync(cache, ''))],
  ])('is none where %s', (_, spoil) => {
    const place = new Place();
    expect(told(place)).toBe(own(place));
    spoil(place);
    expect(told(place)).toBe('nothing');
    if (statSync(place.cache).isDirectory()) expect(readdirSync(place.cache)).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)('is none where it belongs to another user', () => {
    const place = new Place();
    told(place);
    chownSync(place.cache, 4002, 4002);
    expect(told(place)).toBe('nothing');
  });

  it('may be in a folder of all where only owners can rename, as the temporary folder is', () => {
    const place = new Place();
    told(place);
    chmodSync(path.dirname(place.cache), 0o1777);
    expect(told(place)).toBe(own(place));
  });

  it('is what the variable of Node says, which Node itself obeys', () => {
    const place = new Place();
    expect(told(place, { NODE_COMPILE_CACHE: path.join(place.root, 'named') })).toBe('nothing');
    expect(told(place, { NODE_DISABLE_COMPILE_CACHE: '1' })).toBe('nothing');
    expect(readdirSync(place.root)).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['no home', { XDG_CACHE_HOME: '', HOME: '' }],
    ['a home in the current folder', { XDG_CACHE_HOME: '', HOME: '.' }],
  ])('is none, above all not in the current folder, where the user has %s', (_, env) => {
    const place = new Place();
    expect(told(place, env)).toBe('nothing');
    expect(readdirSync(place.root)).toEqual([]);
  });

  it('is in the home of the user, where XDG_CACHE_HOME is empty or relative', () => {
    for (const XDG_CACHE_HOME of ['', 'cache']) {
      const place = new Place();
      const home = realpathSync(place.root);
      expect(told(place, { XDG_CACHE_HOME, HOME: home })).toBe(JSON.stringify([path.join(home, '.cache/postern')]));
    }
  });
});
