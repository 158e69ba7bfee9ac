import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { SLOTS } from '../../../src/do/world/derived.js';

const SOURCES = ['core', 'aws', 'alibaba'].map((name) => path.resolve(import.meta.dirname, `../../../../${name}/src`));

it('each slot of the list is used at one place: what is kept in it has one maker', () => {
  const text = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8')),
  ).join('\n');
  const used = [...text.matchAll(/(?:derived\(|madeOnce\([\w.]+,)\s*'([^']+)'/g)].map(([, slot]) => slot);
  expect(used.toSorted()).toEqual(Object.keys(SLOTS).toSorted());
});
