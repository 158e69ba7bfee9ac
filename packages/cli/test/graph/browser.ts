import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { BROWSER } from './find-browser.js';

/** A picture in a browser, as a reader with this screen sees it. */
export interface Looked {
  /** What is wrong with it, one sentence each. */
  readonly faults: readonly string[];
  /** Addresses that the page asked for, besides its own file. */
  readonly requests: readonly string[];
  /** A screenshot, where one is asked for. */
  readonly png?: Buffer | undefined;
}

export interface Screen {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
  /** Shown instead of the fonts that the picture names. */
  readonly font?: string;
}

/** Whether {@link look} takes a screenshot. */
interface LookOptions {
  readonly shoots: boolean;
}

const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** One expression. */
const FAULTS = readFileSync(new URL('faults-in-page.js', import.meta.url), 'utf8')
  .replace(/^\/\/.*$/gm, '')
  .trim()
  .replace(/;$/, '');

/** Opens a browser with an empty profile. It asks no network. */
export function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: BROWSER ?? '', headless: true, args: [...ARGUMENTS, ...more] });
}

/** Looks at a file: an SVG or an HTML page. */
export async function look(
  browser: Browser,
  file: string,
  { width, colorScheme, font }: Screen,
  { shoots }: LookOptions,
): Promise<Looked> {
  const context = await browser.newContext({ viewport: { width, height: 600 }, colorScheme, offline: true });
  try {
    const requests: string[] = [];
    const own = pathToFileURL(file).href;
    context.on('request', (request) => {
      if (request.url() !== own) requests.push(request.url());
    });
    const page = await context.newPage();
    page.on('dialog', (dialog) => {
      requests.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(own);
    if (font !== undefined) await page.evaluate(`(${WITH_FONT})(${JSON.stringify(font)})`);
    const faults = await page.evaluate<string[]>(FAULTS);
    return { faults, requests, png: shoots ? await pngOf(page, width) : undefined };
  } finally {
    await context.close();
  }
}

const WITH_FONT = `(font) => { for (const one of document.querySelectorAll('text')) one.style.fontFamily = font; }`;

/** All of a page; of an SVG that is wider than the screen, all of it. Playwright's own call never ends for an SVG. */
async function pngOf(page: Page, width: number): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { cssContentSize } = await session.send('Page.getLayoutMetrics');
  const clip = { x: 0, y: 0, width: Math.max(width, cssContentSize.width), height: cssContentSize.height, scale: 1 };
  const { data } = await session.send('Page.captureScreenshot', { captureBeyondViewport: true, clip });
  return Buffer.from(data, 'base64');
}
