// The samples, as the page and the tests use them. `make.ts` writes their files.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const HERE = import.meta.dirname;

/** The texts of a sample, and their files in its folder. */
export const FILES = { spec: 'postern.yaml', snapshot: 'snapshot.json', blocks: 'blocks.txt' };

const textIn = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** A sample that lacks a text has that of another one: its spec and snapshot those of the first, its blocks those of the last. */
export function readSamples() {
  const index = JSON.parse(readFileSync(path.join(HERE, 'index.json'), 'utf8'));
  const [first, last] = [index[0].id, index.at(-1).id];
  const text = (id, name) => textIn(path.join(HERE, id, FILES[name]));
  return index.map((sample) => {
    const own = text(sample.id, 'spec') === '' ? first : sample.id;
    return { ...sample, spec: text(own, 'spec'), snapshot: text(own, 'snapshot'), blocks: text(last, 'blocks') };
  });
}
