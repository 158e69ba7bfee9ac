import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { played } from './play.js';
import { storiesIn } from './story.js';

/** Whether transcripts are written anew. Each changed line is then to be read. */
const WRITE = process.env['POSTERN_TRANSCRIPTS'] === 'write';

const NAMES = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.txt'),
);

describe.each(NAMES.toSorted())('%s', (name) => {
  const file = path.join(import.meta.dirname, name);
  // Each new check passes on the pages of errors, too, and is not what they are about.
  const counted = (text: string): string =>
    name.startsWith('errors-to-commands') ? text.replaceAll(/\d+ passed/g, 'N passed') : text;
  const stories = storiesIn(readFileSync(file, 'utf8'));
  for (const story of stories)
    it.runIf(PROVE || WRITE || !story.title.endsWith('[prove]'))(story.title, async () => {
      const text = await played(story);
      const before = readFileSync(file, 'utf8');
      const from = before.indexOf(`\n== ${story.title}\n`) + 1;
      const next = before.indexOf('\n== ', from);
      const to = next === -1 ? before.length : next;
      if (WRITE)
        writeFileSync(file, `${before.slice(0, from)}${text}\n${next === -1 ? '' : '\n'}${before.slice(to + 1)}`);
      else expect(counted(text)).toBe(counted(before.slice(from, to).trimEnd()));
    });
});
