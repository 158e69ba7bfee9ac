import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { WHY_NO_BROWSER } from '../graph/find-browser.js';
import { folder, run } from '../run-command.js';
import { ATTACKS, hostileWorld, type HostileWorld } from './hostile-world.js';

/** Command lines by the name of their output: what a command prints, and the files that it writes. */
const LINES = ({ move }: HostileWorld): Readonly<Record<string, string>> => ({
  'check.txt':
    'check postern.yaml --snapshot aws.json --report md=check.md --report junit=check.xml --report sarif=check.sarif',
  'check.json': 'check postern.yaml --snapshot aws.json --json',
  'explain.txt': 'explain orders --spec postern.yaml --snapshot aws.json',
  ...drawn('path', 'explain orders --spec postern.yaml --snapshot aws.json'),
  ...drawn('spec', 'graph postern.yaml --snapshot aws.json'),
  ...drawn('aws', 'graph --snapshot all-aws.json'),
  ...drawn('alibaba', 'graph --snapshot all-alibaba.json'),
  'show.txt': 'show all-aws.json',
  'diff.txt': 'snapshot diff aws.json all-aws.json',
  'diff-alibaba.txt': 'snapshot diff alibaba.json all-alibaba.json',
  'quotas.txt': 'quotas --snapshot aws.json',
  'advise.txt': 'advise --snapshot aws.json --region eu-west-1 --report md=advise.md',
  'import.yaml': 'import --provider aws --region eu-west-1 --snapshot aws.json',
  'import-alibaba.yaml': 'import --provider alibaba --region cn-hangzhou --snapshot alibaba.json',
  'move.txt': `migrate validate ${move} --spec assume.yaml --html move.html --report junit=move.xml`,
  'move.md': `migrate validate ${move} --spec assume.yaml --md`,
});

function drawn(name: string, line: string): Readonly<Record<string, string>> {
  const formats = { svg: 'svg', html: 'html', mmd: 'mermaid', dot: 'dot' };
  return Object.fromEntries(Object.entries(formats).map(([end, one]) => [`${name}.${end}`, `${line} --format ${one}`]));
}

const ASSUME =
  'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks: {}\nintegrations: {}\nassume: { internalBlocks: { cn-hangzhou: [10.250.0.0/16] } }\n';

// oxlint-disable-next-line no-control-regex -- what Postern itself writes to a terminal
const COLOR = /\u001B\[[\d;]*m/g;

/** All that the commands write about a world, by name. Texts are colored, as for a terminal. */
async function outputs(world: HostileWorld, attack: string): Promise<ReadonlyMap<string, string>> {
  const snapshots = Object.entries(world.snapshots(attack)).map(([name, text]) => [`${name}.json`, text] as const);
  const given = { 'postern.yaml': world.spec, 'assume.yaml': ASSUME, ...Object.fromEntries(snapshots) };
  const cwd = folder(given);
  const found = new Map<string, string>();
  for (const [name, line] of Object.entries(LINES(world))) {
    const colored = name.endsWith('.txt') ? ['--color', 'always'] : [];
    const { status, out, err } = await run([...line.split(' '), ...colored], { cwd });
    expect([name, status, err]).toEqual([name, status === 3 ? 3 : 0, expect.not.stringContaining('error ')]);
    found.set(name, out.replaceAll(COLOR, '')).set(`${name}.err`, err.replaceAll(COLOR, ''));
  }
  for (const file of readdirSync(cwd))
    if (!(file in given)) found.set(file, readFileSync(path.join(cwd, file), 'utf8'));
  return found;
}

/** Markdown has signs with their variant selector: of warnings, notes and what passed. */
const UNSEEN = /[^\P{C}\n]|[\p{Zl}\p{Zp}]|(?<![\u26A0\u2139\u2714])\p{Default_Ignorable_Code_Point}/u;
const COMMAND = /^\s*::[a-z]|##\w{0,32}\[|^SYSTEM/im;

/** In `npm run prove` all. */
const NAMES = sample(Object.keys(ATTACKS) as (keyof typeof ATTACKS)[], 3);

interface Made {
  readonly places: number;
  readonly texts: Readonly<Record<string, ReadonlyMap<string, string>>>;
}

let made: Promise<Made> | undefined;
/** Made in the first test, whose end removes its folders. */
const ready = (): Promise<Made> => (made ??= make());

async function make(): Promise<Made> {
  const world = await hostileWorld();
  const texts: Record<string, ReadonlyMap<string, string>> = {};
  for (const name of NAMES) texts[name] = await outputs(world, ATTACKS[name]);
  return { places: world.places, texts };
}

describe('names, IDs and tags that are not only text', () => {
  it('are in most places of the snapshots', async () => {
    expect((await ready()).places).toBeGreaterThan(150);
  });

  it.each(NAMES)('%s: no output has a control character, an invisible one or a command of a log', async (name) => {
    for (const [file, text] of (await ready()).texts[name] ?? []) {
      expect.soft([file, UNSEEN.exec(text)?.[0]]).toEqual([file, undefined]);
      if (!/\.(?:html|svg|dot)$/.test(file)) expect.soft([file, COMMAND.exec(text)?.[0]]).toEqual([file, undefined]);
    }
  });

  it.each(NAMES)('%s: JSON is JSON', async (name) => {
    const { texts } = await ready();
    for (const file of ['check.json', 'check.sarif']) JSON.parse(texts[name]?.get(file) ?? '');
  });
});

describe.skipIf(WHY_NO_BROWSER !== undefined)(
  `pages, pictures and comments in a browser${WHY_NO_BROWSER === undefined ? '' : ` (${WHY_NO_BROWSER})`}`,
  () => {
    it.each(NAMES)('%s: nothing runs, loads or links elsewhere', async (name) => {
      const { openBrowser } = await import('../graph/browser.js');
      const browser = await openBrowser();
      try {
        for (const [file, text] of (await ready()).texts[name] ?? []) {
          if (!/\.(?:html|svg|xml|md)$/.test(file)) continue;
          // A reader of Markdown that keeps all tags: those of a report must not be any.
          const isMarkdown = file.endsWith('.md');
          const shown = isMarkdown ? `<!doctype html><meta charset="utf-8">${await marked.parse(text)}` : text;
          const place = path.join(folder(), isMarkdown ? `${file}.html` : file);
          writeFileSync(place, shown);
          const page = await browser.newPage({ offline: true });
          const events: string[] = [];
          page.on('request', (request) => events.push(request.url()));
          page.on('dialog', (dialog) => {
            events.push(dialog.message());
            void dialog.dismiss();
          });
          await page.goto(`file://${place}`);
          const odd = await page.evaluate<readonly string[]>(ODD);
          expect.soft([file, ...events.slice(1), ...odd]).toEqual([file]);
          await page.close();
        }
      } finally {
        await browser.close();
      }
    });
  },
);

/** What a page has that no report writes. */
const ODD = `(() => {
  const odd = globalThis.wasRun === undefined ? [] : ['a script ran'];
  const tags = /^(script|img|image|iframe|object|embed|form|input|link|base|foreignobject|animate|set|use|audio|video|parsererror)$/i;
  for (const one of document.querySelectorAll('*')) {
    if (tags.test(one.localName)) odd.push(one.outerHTML.slice(0, 100));
    for (const { name, value } of one.attributes)
      if (/^on|^(src|srcset|action|ping)$/i.test(name) || (/href$/i.test(name) && !value.startsWith('#')))
        odd.push(one.localName + ' ' + name + '=' + value.slice(0, 80));
  }
  return odd;
})()`;
