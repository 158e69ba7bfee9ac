import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folder } from '../run-command.js';
import type { Screen } from './browser.js';
import { WHY_NO_BROWSER } from './find-browser.js';
import { sample } from '../../../core/test/runs.js';

/** Where pictures and their screenshots are kept to be looked at, if a folder is named. */
const KEPT = process.env['POSTERN_PICTURES'];

const SCREENS: readonly Screen[] = [
  { width: 360, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
  { width: 1_400, colorScheme: 'light' },
  { width: 1_600, colorScheme: 'light' },
  { width: 1_600, colorScheme: 'dark' },
  // Wider than the font that Graphviz measures with.
  { width: 1_600, colorScheme: 'light', font: 'DejaVu Sans, Verdana' },
];

const NAMES = [
  ...['quickstart', 'snapshot', 'blocked', 'path', 'plan', 'markup'].flatMap((name) => [`${name}.svg`, `${name}.html`]),
  'move.html',
  'move-blocked.html',
  'move-markup.html',
  ...['routes-60', 'routes-300', 'services-150', 'links-12', 'long-names'].flatMap((name) => [
    `${name}.html`,
    `${name}-snapshot.html`,
  ]),
];

describe.skipIf(WHY_NO_BROWSER !== undefined)(
  `pictures in a browser${WHY_NO_BROWSER === undefined ? '' : ` (${WHY_NO_BROWSER})`}`,
  () => {
    let made: ReturnType<typeof make> | undefined;
    // Made in the first test, whose end removes its folders.
    const ready = () => (made ??= make());
    afterAll(async () => {
      await (await made)?.browser.close();
    });

    // Each picture has eight screens, and takes ten seconds.
    it.each(sample(NAMES, 12, 2))(
      '%s is readable on narrow and wide, light and dark screens; it runs and loads nothing',
      async (name) => {
        const { pictures, browser, look } = await ready();
        const file = path.join(folder({ [name]: pictures[name] ?? '' }), name);
        for (const screen of SCREENS) {
          const { faults, requests, png } = await look(browser, file, screen, { shoots: KEPT !== undefined });
          keep(name, screen, png, pictures[name] ?? '');
          expect.soft({ screen, faults, requests }).toEqual({ screen, faults: [], requests: [] });
        }
      },
    );
  },
);

/** Pictures and a browser: their modules are loaded only where they are used. */
async function make() {
  const [{ makePictures }, { look, openBrowser }] = await Promise.all([
    import('./pictures.js'),
    import('./browser.js'),
  ]);
  return { pictures: await makePictures(), browser: await openBrowser(), look };
}

function keep(name: string, { width, colorScheme, font }: Screen, png: Buffer | undefined, text: string): void {
  if (KEPT === undefined || png === undefined) return;
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(path.join(KEPT, name), text);
  writeFileSync(path.join(KEPT, `${name}.${width}.${colorScheme}${font === undefined ? '' : '.wide'}.png`), png);
}
