import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { WHY_NO_BROWSER } from '../../../packages/cli/test/graph/find-browser.js';
import { readSamples } from '../samples/read-samples.mjs';
import type { Opened, servePlayground } from './page.js';

/** Where screenshots are kept to be looked at, if a folder is named. */
const KEPT = process.env['POSTERN_PICTURES'];

const status = (page: Page): Promise<string | null> => page.textContent('.pg-status');
/** The program is loaded, and has answered. */
const answers = (page: Page) => page.waitForSelector('.pg-output[aria-busy=false]', { timeout: 60_000 });
/** The editor is loaded, and the sample was checked. */
const edits = async (page: Page): Promise<void> => {
  await page.click('[data-action=check]');
  await page.click('.pg-editor');
  await page.waitForSelector('.cm-editor');
  await answers(page);
};
const says = (page: Page, form: RegExp) =>
  expect.poll(() => status(page), { timeout: 60_000, interval: 100 }).toMatch(form);

describe.skipIf(WHY_NO_BROWSER !== undefined)(
  `the playground in a browser${WHY_NO_BROWSER === undefined ? '' : ` (${WHY_NO_BROWSER})`}`,
  () => {
    let made: ReturnType<typeof servePlayground> | undefined;
    const ready = () => (made ??= import('./page.js').then((one) => one.servePlayground()));
    afterAll(async () => (await made)?.close());

    /** Nothing failed, nothing was asked of another host, and the page is readable. */
    async function isSound({ page, elsewhere, errors }: Opened): Promise<void> {
      const { seriousFaults, tooWide } = await import('./page.js');
      expect.soft({ errors, elsewhere }).toEqual({ errors: [], elsewhere: [] });
      expect.soft(await tooWide(page)).toBeLessThanOrEqual(0);
      expect.soft(await seriousFaults(page)).toEqual([]);
    }

    it.each([
      { width: 360, dark: false },
      { width: 1_400, dark: false },
      { width: 1_400, dark: true },
    ])('each sample runs and shows its finding ($width px, dark: $dark)', async (look) => {
      const opened = await (await ready()).open(look);
      const { page } = opened;
      await page.click('[data-action=check]');
      for (const [id, sentence, text] of [
        ['blocked', /^Check: 1 error,/, 'path/security-group'],
        ['conflict', /^Check: 1 error/, 'cidr/instance-block'],
        ['upgrade', /^Plan: 1 to replace/, 'vpc-link-v1, not vpc-link-v2'],
        ['group', /^Check: 1 error/, 'gateway/on-link'],
        ['costs', /^Advise: 1 of 6 options fits/, 'over the budget'],
        ['cidr', /^CIDR: 2 overlaps/, '10.20.16.0/22 is free'],
      ] as const) {
        await page.selectOption('select[name=sample]', id);
        await expect.poll(() => page.textContent('.pg-report'), { timeout: 60_000 }).toContain(text);
        expect(await status(page)).toMatch(sentence);
        await keep(page, `${id}-${look.width}${look.dark ? '-dark' : ''}`);
        await isSound(opened);
      }
      await page.selectOption('select[name=sample]', 'blocked');
      for (const [action, text] of [
        ['explain', 'security group in'],
        ['graph', 'blocked'],
      ] as const) {
        await page.click(`[data-action=${action}]`);
        await expect.poll(() => page.textContent('.pg-report'), { timeout: 60_000 }).toContain(text);
        await keep(page, `${action}-${look.width}${look.dark ? '-dark' : ''}`);
        await isSound(opened);
      }
      expect(await page.locator('.pg-picture svg').count()).toBe(1);
    });

    it('marks findings at their lines, and completes keys', async () => {
      const { page } = await (await ready()).open();
      await edits(page);
      expect(await page.locator('.cm-lint-marker-error').count()).toBe(1);
      await page.locator('.cm-line').nth(4).click();
      await page.keyboard.press('End');
      await page.keyboard.type('\n    pro');
      await page.keyboard.press('Control+Space');
      await expect.poll(() => page.textContent('.cm-tooltip-autocomplete'), { timeout: 20_000 }).toContain('protect');
    });

    it('loads nothing before the first use; then what is used, each no more than 375 kB', async () => {
      const { fileOf, open } = await ready();
      const { page, loaded } = await open();
      await page.waitForSelector('.pg-live');
      expect(loaded.toSorted()).toEqual(['boot.js', 'page.html', 'playground.css']);
      const sizes = async (use: () => Promise<unknown>) => {
        loaded.length = 0;
        await use();
        const files = loaded.map((name) => readFileSync(fileOf(name)));
        const sum = (pack: (file: Buffer) => Buffer) => files.reduce((all, file) => all + pack(file).length, 0) / 1000;
        return { gzip: sum((file) => gzipSync(file, { level: 9 })), brotli: sum((file) => brotliCompressSync(file)) };
      };
      const editor = await sizes(async () => {
        await page.click('.pg-editor');
        await page.waitForSelector('.cm-editor');
      });
      const checks = await sizes(async () => {
        await page.click('[data-action=check]');
        await answers(page);
      });
      console.log('kB that are loaded', { editor, checks });
      expect(editor.gzip).toBeLessThanOrEqual(375);
      expect(checks.gzip).toBeLessThanOrEqual(375);
      // Who checks and edits loads both. What is left is CodeMirror's view, zod, yaml and the checks of both clouds.
      expect(editor.gzip + checks.gzip).toBeLessThanOrEqual(505);
    });

    it('has a sample and its report without JavaScript, and no controls', async () => {
      const { page } = await (await ready()).open({ javaScript: false });
      expect(await page.innerText('main')).toMatch(
        /loadBalancer: quickstart-orders[\s\S]*Check: 1 error, [\s\S]*path\/security-group/,
      );
      expect(await page.locator('button:visible, select:visible, input:visible').count()).toBe(0);
    });

    it.each([
      ['a bomb', `#v1=${deflateRawSync(Buffer.alloc(50_000_000)).toString('base64url')}`, /256 kB of text/],
      ['damaged', '#v1=%3Cscript%3E', /damaged/],
      ['of another version', '#v9=abc', /version v9/],
      [
        'markup',
        `#v1=${deflateRawSync('{"sample":"<img src=x onerror=alert(1)>","spec":"<img src=x onerror=alert(1)>"}').toString('base64url')}`,
        /problem/,
      ],
    ])('a hostile link (%s) is refused with a sentence, and the page stays usable', async (_, hash, sentence) => {
      const opened = await (await ready()).open({ hash });
      await says(opened.page, sentence);
      await opened.page.selectOption('select[name=sample]', 'group');
      await says(opened.page, /^Check: 1 error/);
      expect(await opened.page.locator('img').count()).toBe(0);
      await isSound(opened);
    });

    it('a link whose snapshot has hostile names shows them as text', async () => {
      const [blocked] = readSamples();
      const attack = `"><img src=x onerror="wasRun=1"><script>wasRun=1</script></svg><a href=javascript:wasRun=1>`;
      // IDs and names of the snapshot; those that the spec names stay.
      const snapshot = blocked!.snapshot.replaceAll(
        /"((?:sg|vpc|rtb|eni|acl)-\w+|default|quickstart-service)"/g,
        (_, name) => JSON.stringify(`${name as string}${attack}`),
      );
      for (const action of ['check', 'explain', 'plan', 'graph']) {
        const state = JSON.stringify({ sample: 'blocked', action, snapshot });
        const opened = await (await ready()).open({ hash: `#v1=${deflateRawSync(state).toString('base64url')}` });
        const { page } = opened;
        await says(page, new RegExp(`^${action}`, 'i'));
        // The shell has the report of the sample.
        if (action === 'graph') await page.waitForSelector('.pg-picture svg');
        if (action === 'check' || action === 'explain')
          await expect.poll(() => page.textContent('.pg-report'), { timeout: 60_000 }).toContain('"><img');
        const odd = '.pg-report :is(img, script, iframe, object, a[href^="javascript"], a[href^="http"])';
        expect([action, await page.locator(odd).count()]).toEqual([action, 0]);
        expect(await page.evaluate('globalThis.wasRun')).toBe(undefined);
        await isSound(opened);
      }
    });

    it('restores from a link what was edited', async () => {
      const { open } = await ready();
      const { page } = await open();
      await page.click('[data-action=plan]');
      await says(page, /^Plan/);
      const hash = await page.evaluate<string>('location.hash');
      const { page: other } = await open({ hash });
      await says(other, /^Plan/);
      expect(await other.getAttribute('[data-action=plan]', 'aria-pressed')).toBe('true');
    });

    it('refuses a spec of 5 MB with a sentence, and stays usable', async () => {
      const { page } = await (await ready()).open();
      await edits(page);
      await paste(page, 'a: b\n'.repeat(1_000_000));
      await says(page, /^The spec has 4\.8 MB, and the playground reads at most 256 kB/);
      await page.click('[data-action=explain]');
      await says(page, /^Explain/);
    });

    it('stops a slow input after its time, and goes on with a new worker', async () => {
      const [blocked] = readSamples();
      /** Pastes the slow input, and returns for how long its answer was waited for. */
      const pasted = async (timeMs?: number) => {
        const { page } = await (await ready()).open({ timeMs });
        await edits(page);
        await page.keyboard.press('Control+a');
        await paste(page, slowSpec(blocked?.spec ?? ''));
        const startMs = Date.now();
        await says(page, /^(?:Check: 3 errors \(in 1502 places\)|Stopped after)/);
        return { page, tookMs: Date.now() - startMs };
      };
      // How slow it is depends on the machine, and the first run may be the slowest: it gets half of the time that it needed until it is stopped.
      let { page, tookMs } = await pasted();
      let timeMs = tookMs;
      for (let run = 0; run < 3 && !(await status(page))?.startsWith('Stopped'); run += 1) {
        timeMs = Math.round(Math.min(timeMs, tookMs) / 2);
        ({ page, tookMs } = await pasted(timeMs));
      }
      await says(page, new RegExp(`^Stopped after ${timeMs / 1_000} second`));
      await page.selectOption('select[name=sample]', 'cidr');
      await says(page, /^CIDR: 2 overlaps/);
    });

    it('is used by keyboard alone: the editor, a run, the report', async () => {
      const { page } = await (await ready()).open();
      const focused = () =>
        page.evaluate<string>('document.activeElement.className + " " + (document.activeElement.name ?? "")');
      await page.focus('select[name=sample]');
      const isInEditor = () => page.evaluate<boolean>('document.activeElement.closest(".pg-editor") !== null');
      for (let press = 0; press < 30 && !(await isInEditor()); press += 1) await page.keyboard.press('Tab');
      await expect.poll(focused, { timeout: 60_000 }).toContain('cm-content');
      await page.keyboard.press('Control+End');
      await page.keyboard.type('nonsense: 1');
      await page.keyboard.press('Control+Enter');
      await says(page, /^The spec has 1 problem/);
      expect(await page.getAttribute('.pg-status', 'aria-live')).toBe('polite');
      await page.keyboard.press('Escape');
      for (let press = 0; press < 30 && !(await focused()).includes('pg-report'); press += 1)
        await page.keyboard.press('Tab');
      expect(await focused()).toContain('pg-report');
    });
  },
);

/** As from the clipboard. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(text)});
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('.cm-content').dispatchEvent(event);
  })()`);
}

/** As many integrations as the limit of size allows. */
function slowSpec(spec: string): string {
  const [head = ''] = spec.split('integrations:');
  const api = /httpApi: (\w+)/.exec(spec)?.[1] ?? '';
  const one = (at: number) =>
    `  o${at}:\n    link: eu\n    gateway: { httpApi: ${api} }\n    targets: { t: { listener: { loadBalancer: quickstart-orders, port: 80 } } }\n    routes: { GET /r${at}: t }\n`;
  return `${head}integrations:\n${Array.from({ length: 1_500 }, (_, at) => one(at)).join('')}`;
}

async function keep(page: Page, name: string): Promise<void> {
  if (KEPT === undefined) return;
  mkdirSync(KEPT, { recursive: true });
  await page.screenshot({ path: path.join(KEPT, `playground-${name}.png`), fullPage: true });
}
