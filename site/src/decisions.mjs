// The decisions, each a page of its own, and a page that lists them.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/workspace.mjs';

const FOLDER = 'docs/decisions';
const INDEX = { kind: 'contributing', group: 'Architecture', place: 'contributing/decisions/index.md' };

/** Pages as `stage` has those of files: what links to the folder leads to the list. */
export function decisionPages() {
  const all = readdirSync(path.join(ROOT, FOLDER)).map((name) => {
    const text = readFileSync(path.join(ROOT, FOLDER, name), 'utf8');
    const [, title] = /^# (.*)$/m.exec(text);
    const place = `contributing/decisions/${name}`;
    return { ...INDEX, source: `${FOLDER}/${name}`, place, partOf: INDEX.place, title, text };
  });
  const list = all.map(
    ({ title, source }) => `- [${title.replace(/^\d+\. /, '')}](decisions/${path.basename(source)})`,
  );
  const text = `# Decisions\n\nWhat was decided about the design of Postern, and why.\n\n${list.join('\n')}\n`;
  return [{ ...INDEX, source: FOLDER, title: 'Decisions', text }, ...all];
}
