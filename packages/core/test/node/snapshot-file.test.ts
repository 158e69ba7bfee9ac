import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { readSnapshotFile, writeSnapshotFile } from '../../src/internal/node.js';
import { encodeSnapshot } from '../../src/do/snapshot/encode.js';
import { sortSnapshot } from '../../src/do/snapshot/arrange.js';
import { FULL_REGION, FULL_SNAPSHOT } from '../decode/samples.js';
import { temporaryFolder } from '../temporary-folder.js';

const withoutRaw = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === 'raw' ? undefined : member)));

async function* bytes(text: string | Buffer, size = 7): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let at = 0; at < all.length; at += size) yield await Promise.resolve(all.subarray(at, at + size));
}

it('are read back as they were written, for their owner only', async () => {
  const directory = temporaryFolder();
  const file = path.join(directory, 'a.json');
  const groups = Array.from({ length: 2_000 }, (_, at) => ({ ...FULL_REGION.securityGroups[0]!, id: `sg-${at}ä` }));
  const snapshot = { ...FULL_SNAPSHOT, regions: [{ ...FULL_REGION, securityGroups: groups }] };
  await writeSnapshotFile(file, snapshot);
  expect(await readFile(file, 'utf8')).toBe(encodeSnapshot(snapshot));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(directory)).toEqual(['a.json']);
  expect(await readSnapshotFile(file)).toEqual(withoutRaw(sortSnapshot(snapshot)));
});

it('are read from standard input, including characters that are split across chunks', async () => {
  const text = encodeSnapshot({ ...FULL_SNAPSHOT, regions: [{ ...FULL_REGION, account: 'ä🚪' }] });
  const read = await readSnapshotFile('-', { stdin: bytes(text) });
  expect(read.regions[0]!.account).toBe('ä🚪');
});

it.each<[string | Buffer, string, object]>([
  ['{"version":2}', 'UNSUPPORTED_VERSION', { path: 'version' }],
  ['{"version":1,\n"regions":[', 'INVALID_INPUT', { line: 2, column: 12 }],
  [Buffer.from([0x7b, 0x0a, 0xff]), 'INVALID_INPUT', { line: 2 }],
])('have the place of an error: %#', async (content, code, place) => {
  const file = path.join(temporaryFolder(), 'a.json');
  await writeFile(file, content);
  await expect(readSnapshotFile(file, { shown: 'a.json' })).rejects.toMatchObject({
    code,
    place: { file: 'a.json', ...place },
  });
  await expect(readSnapshotFile('-', { stdin: bytes(content) })).rejects.toMatchObject({
    code,
    place: { file: 'standard input', ...place },
  });
});

it('are not waited for when the signal is aborted', async () => {
  const options = { stdin: new PassThrough(), signal: AbortSignal.timeout(50) };
  await expect(readSnapshotFile('-', options)).rejects.toMatchObject({ name: 'AbortError' });
});

it('that do not exist are named as given', async () => {
  const file = path.join(temporaryFolder(), 'a.json');
  await expect(readSnapshotFile(file, { shown: './a.json' })).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: './a.json: the file or its folder does not exist',
  });
});
