import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { played } from './play.js';
import { storiesIn } from './story.js';

/** Whether transcripts are written anew. Each changed line is then to be read. */
const WRITE = process.env['POSTERN_TRANSCRIPTS'] === 'write';

/** Each new check passes on the pages of errors, too, and is not what they are about. Steps that end at one moment have no order. */
const counted = (name: string, text: string): string => {
  const sorted = text.replaceAll(
    /(?:^.*: done in 0 ms\n){2,}/gm,
    (lines) => `${lines.trimEnd().split('\n').toSorted().join('\n')}\n`,
  );
  return name.startsWith('errors-to-commands') ? sorted.replaceAll(/\d+ passed/g, 'N passed') : sorted;
};

/** The folders of transcripts. */
export const FOLDERS = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

/** Plays each story of the files of a folder, and compares what it prints, or writes it anew. */
export function playStories(
  folder: string,
  files: readonly string[] = readdirSync(path.join(import.meta.dirname, folder)),
): void {
  const names = files.filter((name) => name.endsWith('.txt'));
  describe.each(names.toSorted().map((name) => `${folder}/${name}`))('%s', (name) => {
    const file = path.join(import.meta.dirname, name);
    for (const story of storiesIn(readFileSync(file, 'utf8')))
      it(story.title, async () => {
        const text = (await played(story)).replaceAll('\r', ''); // of answers of gateways
        const before = readFileSync(file, 'utf8');
        const from = before.indexOf(`\n== ${story.title}\n`) + 1;
        const next = before.indexOf('\n== ', from);
        const to = next === -1 ? before.length : next;
        if (WRITE)
          writeFileSync(file, `${before.slice(0, from)}${text}\n${next === -1 ? '' : '\n'}${before.slice(to + 1)}`);
        else expect(counted(name, text)).toBe(counted(name, before.slice(from, to).trimEnd()));
      });
  });
}
