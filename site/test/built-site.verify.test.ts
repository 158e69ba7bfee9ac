import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../packages/cli/test/graph/browser.js';
import { BROWSER } from '../../packages/cli/test/graph/find-browser.js';
import { node } from '../../scripts/child.mjs';
import { ROOT } from '../../scripts/workspace.mjs';
import { filesOf, problemsOf, readPages, targetOf } from '../src/check-dist.mjs';
import { QUESTIONS } from '../src/questions.mjs';
import { SEARCHES } from '../src/searches.mjs';

const DIST = path.join(ROOT, 'site/dist');
/** The longest that a build may take. */
const BUILD_MS = 180_000;

const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The links of a page with their texts. */
const linksOf = (html: string): readonly (readonly [text: string, href: string])[] =>
  [...html.matchAll(/<a\s[^>]*?\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)].map(([, href = '', text = '']) => [
    textOf(text),
    href,
  ]);

describe('the built site', () => {
  let milliseconds = 0;
  beforeAll(async () => {
    const started = Date.now();
    await node([path.join(ROOT, 'scripts/docs.mjs')]);
    milliseconds = Date.now() - started;
  }, 900_000);

  it('is built in time (skipped where others keep the cores busy)', ({ skip }) => {
    skip(milliseconds > BUILD_MS && (loadavg()[1] ?? 0) > 2 * availableParallelism());
    expect(milliseconds).toBeLessThan(BUILD_MS);
  });

  it('has no dead link or anchor, loads little, and loads nothing from another host', () => {
    expect(problemsOf(DIST)).toEqual([]);
  });

  it('has each page as Markdown beside it: llms.txt lists all, and llms-full.txt contains them', () => {
    const pages = [...readPages(DIST, filesOf(DIST)).keys()].filter((page) => page !== '404.html');
    const full = readFileSync(path.join(DIST, 'llms-full.txt'), 'utf8');
    const texts = pages.map((page) => readFileSync(path.join(DIST, page.replace(/html$/, 'md')), 'utf8'));
    expect(texts.filter((text) => !full.includes(text))).toEqual([]);
    const listed = [...readFileSync(path.join(DIST, 'llms.txt'), 'utf8').matchAll(/^- \[.*?\]\((.*?)\)/gm)];
    expect(listed.length).toBeGreaterThan(60);
    const missing = listed.filter(
      ([, to = '']) => !existsSync(path.join(DIST, targetOf('index.html', to)?.file ?? '')),
    );
    expect(missing.map(([, to]) => to)).toEqual([]);
  });

  it.each(QUESTIONS)('$question is answered in three clicks: $clicks', ({ clicks, answer }) => {
    expect(clicks.length).toBeLessThanOrEqual(3);
    const pages = readPages(DIST, filesOf(DIST));
    let at = 'index.html';
    for (const click of clicks) {
      const [, href] = linksOf(pages.get(at)?.text ?? '').find(([text]) => text === click) ?? [];
      expect(href, `${at} has no link "${click}"`).toBeDefined();
      at = targetOf(at, href ?? '')?.file ?? '';
    }
    expect(textOf(pages.get(at)?.text ?? '')).toContain(answer);
  });
});

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** The site on a port of this machine. */
async function serve(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const place = decodeURIComponent((request.url ?? '').split('?')[0] ?? '').replace(/\/$/, '/index.html');
    const file = [place, `${place}.html`].map((one) => path.join(DIST, one)).find((one) => existsSync(one));
    if (file === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

const PAGES = [
  '',
  'tutorial/',
  'guides/migrations.html',
  'reference/spec.html',
  'reference/checks/path.html',
  'reference/commands/plan.html',
  'reference/api/',
  'reference/api/core-cidr.html',
  'playground.html',
  'explanation/comparison.html',
  'zh/',
  'zh/handover.html',
];

describe.skipIf(BROWSER === undefined)(
  'the built site in a browser (skipped without one: CHROME_PATH, chromium, chromium-browser or google-chrome)',
  () => {
    let browser: Browser;
    let site: Awaited<ReturnType<typeof serve>>;
    beforeAll(async () => {
      site = await serve();
      browser = await openBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      site?.server.close();
    });

    async function open<T>(
      place: string,
      options: BrowserContextOptions,
      look: (page: Page) => Promise<T>,
    ): Promise<T> {
      const context = await browser.newContext(options);
      try {
        const page = await context.newPage();
        const foreign: string[] = [];
        page.on('request', (request) => {
          if (!request.url().startsWith(site.url) && !request.url().startsWith('data:')) foreign.push(request.url());
        });
        await page.goto(`${site.url}${place}`, { waitUntil: 'networkidle' });
        const result = await look(page);
        expect(foreign).toEqual([]);
        return result;
      } finally {
        await context.close();
      }
    }

    it.each(PAGES.flatMap((place) => (['light', 'dark'] as const).map((scheme) => [place, scheme] as const)))(
      '/%s in %s: axe-core finds nothing serious or critical',
      async (place, colorScheme) => {
        const axe = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
        const found = await open(place, { colorScheme, viewport: { width: 1400, height: 900 } }, async (page) => {
          await page.addScriptTag({ path: axe });
          return page.evaluate(async () => {
            const { violations } = await (globalThis as never as { axe: AxeCore }).axe.run();
            return violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .flatMap(({ id, nodes }) => nodes.slice(0, 5).map(({ html }) => `${id}: ${html.slice(0, 200)}`));
          });
        });
        expect(found).toEqual([]);
      },
    );

    it.each(PAGES)('/%s is read at 320 pixels without scrolling sideways', async (place) => {
      const width = await open(place, { viewport: { width: 320, height: 640 } }, (page) =>
        page.evaluate('document.documentElement.scrollWidth'),
      );
      expect(width).toBeLessThanOrEqual(320);
    });

    it.each(['root', 'zh'])('finds what users look for among the first three results: %s', async (locale) => {
      const own = SEARCHES.filter((one) => one.locale === locale);
      expect(own.length).toBeGreaterThan(10);
      const missed = await open(locale === 'root' ? '' : `${locale}/`, {}, async (page) => {
        const found: string[] = [];
        await page.keyboard.press('Control+k');
        const input = page.locator('#localsearch-input');
        const results = page.locator('.VPLocalSearchBox a.result');
        for (const { words, pages } of own) {
          await input.fill('');
          await results.first().waitFor({ state: 'detached' });
          await input.fill(words);
          await results
            .first()
            .waitFor({ timeout: 5000 })
            .catch(() => undefined);
          const first = await results.evaluateAll((links) =>
            links.slice(0, 3).map((link) => decodeURI(link.getAttribute('href') ?? '').slice(1)),
          );
          if (!first.some((link) => pages.some((one: string) => link.startsWith(one))))
            found.push(`${words}: ${first.join(', ')}`);
        }
        return found;
      });
      expect(missed).toEqual([]);
    });

    it('is used by keyboard: to the content, and to a page by its words', async () => {
      await open('', { viewport: { width: 1400, height: 900 } }, async (page) => {
        await page.keyboard.press('Tab');
        expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Skip to content');
        await page.keyboard.press('Enter');
        expect(await page.evaluate('location.hash')).toBe('#VPContent');
        await page.keyboard.press('Control+k');
        await page.locator('#localsearch-input').waitFor();
        await page.keyboard.type('deregistration delay');
        await page.locator('.VPLocalSearchBox .result').first().waitFor();
        await page.keyboard.press('Enter');
        await page.waitForURL(/reference\/checks\/target/);
        await page.locator('h1', { hasText: 'Checks of targets' }).waitFor();
      });
    });
  },
);

interface AxeCore {
  readonly run: () => Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string }[];
    }[];
  }>;
}
