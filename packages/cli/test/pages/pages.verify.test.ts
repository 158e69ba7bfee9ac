import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder } from '../run-command.js';
import { blocksOf, withTexts, type Block } from './page.js';
import { ADDRESS, normalOutput, withoutWaits } from './normal-output.js';
import { shellIn } from './shell.js';

const DOCS = path.resolve(import.meta.dirname, '../../../../docs');

/**
 * Follows a page in an empty folder, and returns the page with the output of the commands. Blocks of `sh` are run, a block of `text`
 * is the output of the one before it, a block of `yaml` whose first line is a comment with a file's name is written to that file, and a
 * block of `diff` changes `postern.yaml`.
 */
async function follow(page: string, isTerminal = false, of = DOCS): Promise<string> {
  const cwd = folder();
  for (const [, file = ''] of page.matchAll(/\]\(([\w./-]+\/[\w-]+\.json)\)/g))
    copyFileSync(path.join(of, file), path.join(cwd, path.basename(file)));
  const shell = shellIn(cwd, { isTerminal });
  const texts = new Map<Block, string>();
  let printed = '';
  try {
    for (const block of blocksOf(page)) {
      const [, file] = /^# (\S+\.yaml)\n/.exec(block.text) ?? [];
      const [head, shown] = /^# (\S+\.yaml), without its comments\n/.exec(block.text) ?? [];
      if (block.language === 'sh') printed = await shell.run(block.text);
      else if (block.language === 'yaml' && file !== undefined) shell.write(file, block.text);
      else if (shown !== undefined) texts.set(block, head + shell.withoutComments(shown));
      else if (block.language === 'diff') shell.edit('postern.yaml', block.text);
      else if (block.language === 'text') {
        const shown = normalOutput(block.text, ADDRESS);
        // How often a wait is reported depends on how busy the machine is.
        const same = withoutWaits(shown) === withoutWaits(printed);
        texts.set(block, same ? block.text : printed);
      }
    }
  } finally {
    await shell.close();
  }
  return withTexts(page, texts);
}

const WROTE = 'Wrote postern.yaml. Fill it in, then check it: postern check';

describe('the pages with commands', () => {
  it.each([
    ['tutorial.md', true],
    ['adopt.md', false],
    ['move.md', false],
    ['../skills/postern/SKILL.md', false],
  ])('docs/%s: every command prints what the page shows; to update it: vitest -u', async (name, isTerminal) => {
    const file = path.join(DOCS, name);
    await expect(await follow(readFileSync(file, 'utf8'), isTerminal, path.dirname(file))).toMatchFileSnapshot(file);
  });
  it('shows the output of a page that is out of date', async () => {
    const page = '```sh\npostern init --project shop\n```\n\n```text\nWrote it.\n```\n';
    expect(await follow(page)).toBe(page.replace('Wrote it.', WROTE));
    expect(await follow(page.replace('Wrote it.', WROTE))).toBe(page.replace('Wrote it.', WROTE));
  });
  it.each([
    ['rm -r shop', /may not use rm/],
    ['postern plan  # exit status 2', /status 64/],
  ])('refuses a page with: %s', async (line, message) => {
    await expect(follow(`\`\`\`sh\n${line}\n\`\`\`\n`)).rejects.toThrow(message);
  });
});
