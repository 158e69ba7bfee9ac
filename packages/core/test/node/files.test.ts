import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../runs.js';
import { fileNamed, readTextFile } from '../../src/node/files.js';
import { writeTextFile } from '../../src/node/write-file.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('readTextFile', () => {
  it('reads UTF-8, without a byte order mark, through a symbolic link', async () => {
    const directory = temporaryFolder();
    const file = path.join(directory, 'postern.yaml');
    await writeFile(file, '\ufeffversion: 1 # ä🚪\r\n');
    await symlink(file, path.join(directory, 'link.yaml'));
    expect(await readTextFile(path.join(directory, 'link.yaml'))).toBe('version: 1 # ä🚪\r\n');
  });

  it.each([
    [Buffer.from('a: 1\nb: \0\n'), 2, 'NUL'],
    [Buffer.from('\ufeffa: 1', 'utf16le'), 1, 'UTF-16'],
    [
      Buffer.concat([Buffer.from('a: 1\nä: 2\n'), Buffer.from([0xff]), Buffer.from('\nx\n')]),
      3,
      'bytes that are not UTF-8',
    ],
    [Buffer.concat([Buffer.from('a\n\n'), Buffer.from([0xed, 0xa0, 0x80])]), 3, 'a lone surrogate'],
    [Buffer.concat([Buffer.from('a\n'), Buffer.from([0xc3])]), 2, 'a truncated character at the end'],
  ])('refuses %# with line %i: %s', async (content, line) => {
    const file = path.join(temporaryFolder(), 'f');
    await writeFile(file, content);
    await expect(readTextFile(file)).rejects.toMatchObject({ code: 'INVALID_INPUT', place: { file, line } });
  });

  it('reads no more than the limit', async () => {
    const file = path.join(temporaryFolder(), 'f');
    await writeFile(file, 'x'.repeat(101));
    await expect(readTextFile(file, { maxBytes: 100 })).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
    expect(await readTextFile(file, { maxBytes: 101 })).toHaveLength(101);
    await expect(readTextFile('/dev/zero', { maxBytes: 1_000_000 })).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
  });

  it('reports what is wrong with the file', async () => {
    const directory = temporaryFolder();
    const missing = path.join(directory, 'missing');
    await expect(readTextFile(missing)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: `${missing}: the file or its folder does not exist`,
    });
    await expect(readTextFile(directory)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    const cycle = path.join(directory, 'cycle');
    await symlink('cycle', cycle);
    const remedy = 'Name the file that the links are for.';
    await expect(readTextFile(cycle)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', remedy });
    await expect(writeTextFile(cycle, 'x')).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', remedy });
  });

  it('waits for the other end of a pipe until the signal is aborted', async () => {
    const pipe = path.join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const aborted = { signal: AbortSignal.timeout(50) };
    await expect(readTextFile(pipe, aborted)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(writeTextFile(pipe, 'x', aborted)).rejects.toMatchObject({ name: 'AbortError' });
    const text = 'ä'.repeat(100_000);
    const [read] = await Promise.all([readTextFile(pipe), writeTextFile(pipe, text)]);
    expect(read === text).toBe(true);
  });
});

describe('writeTextFile', () => {
  it('replaces a file atomically, for its owner only, and leaves no other file', async () => {
    const directory = temporaryFolder();
    const file = path.join(directory, 'snapshot.json');
    await writeTextFile(file, 'one');
    await writeTextFile(file, 'two');
    expect(await readFile(file, 'utf8')).toBe('two');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await writeTextFile(path.join(directory, 'postern.yaml'), 'version: 1\n', { mode: 0o644 });
    expect(await readdir(directory)).toEqual(['postern.yaml', 'snapshot.json']);
  });

  it('writes what links lead to: symbolic ones, also to no file, and hard ones', async () => {
    const directory = temporaryFolder();
    await mkdir(path.join(directory, 'sub'));
    const at = (name: string): string => path.join(directory, name);
    await symlink('sub', at('folder'));
    await symlink('../new.json', at('sub/inner'));
    await symlink('folder/inner', at('outer'));
    for (const text of ['one', 'two']) {
      await writeTextFile(at('outer'), text);
      expect(await readFile(at('new.json'), 'utf8')).toBe(text);
    }
    expect(await readlink(at('outer'))).toBe('folder/inner');
    await writeFile(at('first'), 'longer than the new text');
    await link(at('first'), at('second'));
    await writeTextFile(at('second'), 'new', { mode: 0o640 });
    expect(await readFile(at('first'), 'utf8')).toBe('new');
    expect((await stat(at('first'))).mode & 0o777).toBe(0o640);
  });

  it.skipIf(!existsSync('/dev/shm'))('writes a new file of a file system in memory', async () => {
    const file = `/dev/shm/postern-test-${process.pid}.json`;
    try {
      await writeTextFile(file, 'one');
      expect(await readFile(file, 'utf8')).toBe('one');
    } finally {
      await rm(file, { force: true });
    }
  });

  it('writes to a device, and reports why it cannot write', async () => {
    const directory = temporaryFolder();
    await writeTextFile('/dev/null', 'gone');
    await mkdir(path.join(directory, 'folder'));
    for (const file of [path.join(directory, 'folder'), path.join(directory, 'missing', 'x')]) {
      await expect(writeTextFile(file, 'x')).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', place: { file } });
    }
    expect(await readdir(directory)).toEqual(['folder']);
  });
});

it('fileNamed: stays directly inside the directory, for any name', () => {
  const traversals = [
    '../x',
    '..',
    '.',
    '/etc/passwd',
    'a/b',
    'a\\b',
    'C:x',
    '',
    'a\0b',
    '~',
    '%2e%2e',
    '..\u2215x',
    '-rf',
  ];
  for (const name of traversals) {
    expect(() => fileNamed('/state', name, '.journal')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  }
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...traversals)),
      fc.string(),
      (name, extension) => {
        try {
          expect(path.dirname(path.resolve(fileNamed('/state', name, extension)))).toBe('/state');
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_INPUT' });
        }
      },
    ),
    { numRuns: runs(25, 100) },
  );
  expect(fileNamed('/state', 'shop', '.journal')).toBe('/state/shop.journal');
});
