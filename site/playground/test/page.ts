import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../../packages/cli/test/graph/browser.js';
import { buildPlayground } from '../build.mjs';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Opened {
  readonly page: Page;
  /** The files that the page asked for, and what else it asked for. */
  readonly loaded: string[];
  readonly elsewhere: string[];
  readonly errors: string[];
}

export interface Look {
  readonly width?: number;
  readonly dark?: boolean;
  readonly javaScript?: boolean;
  readonly hash?: string;
  /** How long an answer may take. */
  readonly timeMs?: number | undefined;
}

/** The playground in a browser: its files in a folder, which a server on loopback serves, and a page around its text. */
export async function servePlayground() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'postern-playground-'));
  await buildPlayground(path.join(folder, 'playground'));
  const fileOf = (name: string): string => path.join(folder, 'playground', name);
  const server = createServer(({ url = '/' }, answer) => {
    try {
      const { pathname } = new URL(url, 'http://localhost');
      answer.setHeader('content-type', TYPES[path.extname(pathname)] ?? 'text/plain');
      answer.end(readFileSync(path.join(folder, path.normalize(pathname))));
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await openBrowser();
  return {
    fileOf,
    open: (look: Look = {}) => {
      writeFileSync(path.join(folder, 'page.html'), pageAround(readFileSync(fileOf('shell.html'), 'utf8'), look));
      return openPage(browser, `${origin}/page.html`, look);
    },
    close: async () => {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function pageAround(shell: string, { timeMs, dark }: Look): string {
  const limit = timeMs === undefined ? '' : ` data-time-ms="${timeMs}"`;
  const colors =
    dark === true
      ? '#15181d; color: #e8ecf1; --vp-c-bg: #15181d; --vp-c-bg-alt: #101216; --vp-c-text-1: #e8ecf1; --vp-c-text-2: #a3adb8; --vp-c-brand-1: #a8b1ff'
      : '#fff';
  return `<!doctype html><html lang="en"${dark === true ? ' class="dark"' : ''}><head><meta charset="utf-8"><title>Playground</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="playground/playground.css"></head><body style="margin: 16px; font-family: sans-serif; background: ${colors}">
<main><h1>Playground</h1><div id="root"${limit}>${shell}</div></main>
<script type="module">import { boot } from './playground/boot.js';
boot(document.querySelector('#root'), new URL('playground/app.js', location.href).href, 'checks.html');</script></body></html>`;
}

async function openPage(browser: Browser, url: string, look: Look): Promise<Opened> {
  const { width = 1_400, dark = false, javaScript = true, hash = '' } = look;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: javaScript,
  });
  const page = await context.newPage();
  const [loaded, elsewhere, errors]: [string[], string[], string[]] = [[], [], []];
  page.on('pageerror', (error) => errors.push(error.message));
  context.on('request', (request) => {
    const at = new URL(request.url());
    if (at.origin === new URL(url).origin) loaded.push(path.basename(at.pathname));
    else if (at.protocol !== 'data:') elsewhere.push(at.href);
  });
  await page.goto(`${url}${hash}`);
  return { page, loaded, elsewhere, errors };
}

/** What axe-core finds that is serious, one line each. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')))`);
}

/** How much wider than the screen the page is. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
