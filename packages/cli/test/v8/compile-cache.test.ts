import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import nodeModule from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder } from '../run-command.js';

const made = path.resolve(import.meta.dirname, `../../node_modules/.test-compiled-${process.pid}`);
const loader = path.join(made, 'loader.cjs');
/** Passes what imports, as bin.js does. */
const importing = path.join(made, 'importing.cjs');
/** Loads as a check does that finds out that its snapshot is large. */
const tuning = path.join(made, 'tuning.cjs');
/** Prints the folder that Node is told to use, as if it were a version that keeps compiled code. */
const enabling = path.join(made, 'enabling.cjs');

beforeAll(async () => {
  const programs = {
    [loader]: `import { loadWithCompileCache } from './v8/compile-cache.js'; console.log(loadWithCompileCache(process.argv[2]).say());`,
    [importing]: `import { loadWithCompileCache } from './v8/compile-cache.js';
      loadWithCompileCache(process.argv[2], (name) => import(name)).then((said) => console.log(said));`,
    [enabling]: `import nodeModule from 'node:module'; import { enableCompileCache } from './v8/cache-folder.js';
      let told = 'nothing'; nodeModule.enableCompileCache = (...folder) => { told = JSON.stringify(folder); };
      enableCompileCache(); console.log(told);`,
    [tuning]: `import { loadWithCompileCache } from './v8/compile-cache.js'; import { tuneForShortRun, tuneForSnapshot } from './v8/tune.js';
      tuneForShortRun(); const program = loadWithCompileCache(process.argv[2]); tuneForSnapshot(process.argv[3]); console.log(program.say());`,
  };
  for (const [outfile, contents] of Object.entries(programs)) {
    await build({
      stdin: { contents, resolveDir: path.resolve(import.meta.dirname, '../../src') },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
  }
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** A program that prints a line, as the build writes it: with its hash at the end. */
function program(text: string): string {
  const source = `exports.say = () => require('node:path').basename(__filename) + ' says ${text}';`;
  return `${source}\n//# ${createHash('sha256').update(source).digest('hex')}`;
}

class Place {
  readonly root = folder();
  readonly file = path.join(this.root, 'program.cjs');
  readonly cache = path.join(this.root, 'cache/postern');

  write(text: string): void {
    writeFileSync(this.file, program(text));
  }

  run(env: Record<string, string> = {}, args: readonly string[] = [loader, this.file]): string {
    const all = { PATH: process.env['PATH'], XDG_CACHE_HOME: path.dirname(this.cache), ...env };
    return execFileSync(process.execPath, args, { encoding: 'utf8', env: all, cwd: this.root, timeout: 20_000 }).trim();
  }

  get kept(): string {
    const [file = 'nothing', ...others] = readdirSync(this.cache);
    expect(others).toEqual([]);
    return path.join(this.cache, file);
  }
}

const nodeDoesIt = 'enableCompileCache' in nodeModule;

describe.skipIf(nodeDoesIt || process.platform === 'win32')('code that V8 compiled is kept', () => {
  it('after a first run, for the user only, and used by the next run', () => {
    const place = new Place();
    place.write('one');
    expect(place.run()).toBe('program.cjs says one');
    const { mode, ino } = statSync(place.kept);
    expect(mode & 0o777).toBe(0o600);
    expect(place.run()).toBe('program.cjs says one');
    expect(statSync(place.kept).ino).toBe(ino); // not refused, or it would have been written again
  });

  it.each([
    ['of unknown size', undefined, []],
    ['that is small', 1, ['small']],
    ['of 10 MB', 10, ['medium']],
    ['of 70 MB', 70, ['large']],
  ] as const)('where V8 is set up for a snapshot %s', (_, megabytes, names) => {
    const place = new Place();
    place.write('one');
    const files = names.map((name) => path.join(place.root, name));
    for (const file of files) {
      writeFileSync(file, '');
      truncateSync(file, (megabytes ?? 0) * 1_000_000);
    }
    expect(place.run({}, [tuning, place.file, ...files])).toBe('program.cjs says one');
    const { ino } = statSync(place.kept);
    expect(place.run({}, [tuning, place.file, ...files])).toBe('program.cjs says one');
    expect(statSync(place.kept).ino).toBe(ino);
  });

  it('and imports modules, with and without the cache', () => {
    const place = new Place();
    const source = `const importModule = module.importModule ?? ((name) => import(name));
      module.exports = importModule('node:path').then(({ sep }) => 'imported ' + sep);`;
    writeFileSync(place.file, `${source}\n//# ${createHash('sha256').update(source).digest('hex')}`);
    for (const env of [{}, {}, { NODE_DISABLE_COMPILE_CACHE: '1' }])
      expect(place.run(env, [importing, place.file])).toBe('imported /');
    expect(path.basename(place.kept)).toMatch(/^program\.cjs\.\d+$/);
  });

  it('in few files, although each set of flags needs its own', () => {
    const place = new Place();
    place.write('one');
    for (let depth = 10; depth < 17; depth += 1)
      expect(place.run({}, [`--stack-trace-limit=${depth}`, loader, place.file])).toBe('program.cjs says one');
    expect(readdirSync(place.cache)).toHaveLength(4);
  });

  it('until the program changes, also where its length does not', () => {
    const place = new Place();
    place.write('one');
    place.run();
    place.write('two');
    expect(place.run()).toBe('program.cjs says two');
    expect(place.run()).toBe('program.cjs says two');
  });

  it.each<[string, (kept: string) => void]>([
    ['is writable by others', (kept) => chmodSync(kept, 0o620)],
    [
      'has other content',
      (kept) => writeFileSync(kept, Buffer.concat([readFileSync(kept).subarray(0, 64), Buffer.alloc(500, 'x')])),
    ],
    [
      'is damaged',
      (kept) => {
        const bytes = readFileSync(kept);
        writeFileSync(kept, bytes.fill('x', bytes.length - 40, bytes.length - 20));
      },
    ],
    ['is truncated', (kept) => writeFileSync(kept, readFileSync(kept).subarray(0, 64))],
    ['is a folder', (kept) => (rmSync(kept), mkdirSync(kept))],
    ['is a named pipe, whose opening waits', (kept) => (rmSync(kept), void execFileSync('mkfifo', [kept]))],
  ])('and is not used where the file %s', (_, spoil) => {
    const place = new Place();
    place.write('one');
    place.run();
    const before = place.kept;
    spoil(before);
    const { ino, mtimeMs } = statSync(before);
    expect(place.run()).toBe('program.cjs says one');
    const after = statSync(place.kept);
    if (!after.isDirectory()) expect([after.ino, after.mtimeMs]).not.toEqual([ino, mtimeMs]);
  });

  it('nowhere, where the cache of Node is disabled or the folder cannot be created', () => {
    const place = new Place();
    place.write('one');
    expect(place.run({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe('program.cjs says one');
    expect(() => place.kept).toThrow('ENOENT');
    expect(place.run({ XDG_CACHE_HOME: place.file })).toBe('program.cjs says one');
  });

  it.each([
    ['no home', { XDG_CACHE_HOME: '', HOME: '' }],
    ['a relative home', { XDG_CACHE_HOME: 'cache', HOME: 'home' }],
  ])('nowhere, and above all not in the current folder, where the user has %s', (_, env) => {
    const place = new Place();
    place.write('one');
    expect(place.run(env)).toBe('program.cjs says one');
    expect(readdirSync(place.root)).toEqual(['program.cjs']);
  });

  it('in the home of the user, where XDG_CACHE_HOME is empty or relative', () => {
    for (const XDG_CACHE_HOME of ['', 'cache']) {
      const place = new Place();
      place.write('one');
      place.run({ XDG_CACHE_HOME, HOME: place.root });
      expect(readdirSync(path.join(place.root, '.cache/postern'))).toHaveLength(1);
    }
  });
});

describe.skipIf(process.platform === 'win32')('the folder that Node keeps compiled code in', () => {
  const told = (place: Place, env: Record<string, string> = {}): string => place.run(env, [enabling]);
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
    place.write('one');
    expect(place.run()).toBe('program.cjs says one');
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
});
