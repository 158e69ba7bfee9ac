import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import * as picture from '../comment-picture.mjs';

const { commentPicture } = picture as { readonly commentPicture: (markdown: string) => string };
const ROOT = path.resolve(import.meta.dirname, '../..');
const comment = readFileSync(path.join(ROOT, 'examples/terraform/removes-a-rule.md'), 'utf8');

/** The words of a text without the marks of Markdown and of SVG. */
const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll(/<style>[^]*?<\/style>|<[^>]*>/g, ' ')
    .replaceAll('&gt;', '>')
    .match(/[\w./[\]→-]*\w[\w./[\]→-]*/g) ?? [];

it('docs/pictures/comment.svg is the comment that the command writes of the example; to update it: vitest -u', async () => {
  const svg = commentPicture(comment);
  await expect(svg).toMatchFileSnapshot(path.join(ROOT, 'docs/pictures/comment.svg'));
  const [drawn, written] = [wordsOf(svg), wordsOf(comment.replaceAll(/\\/g, '').replaceAll(/^\| -.*$/gm, ''))];
  expect(drawn.slice(3)).toEqual(written);
});
