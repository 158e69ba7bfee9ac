import { describe, expect, it, onTestFinished } from 'vitest';
import { fleetReport, fleetReportHtml, runPage } from '@postern/fleet/internal/report';
import { RECORD } from '../../../fleet/test/report/a-run.js';
import { serveUi } from '../../src/fleet/ui-server.js';
import { WHY_NO_BROWSER } from '../graph/find-browser.js';
import { anEngine } from './an-engine.js';

const SCREENS = [360, 1_400].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

describe.skipIf(WHY_NO_BROWSER !== undefined)(
  `pages of runs in a browser${WHY_NO_BROWSER === undefined ? '' : ` (${WHY_NO_BROWSER})`}`,
  () => {
    it('are readable on narrow and wide, light and dark screens, and load nothing', async () => {
      const { openBrowser } = await import('../graph/browser.js');
      const browser = await openBrowser();
      onTestFinished(() => browser.close());
      const now = '2026-11-25T13:00:00.000Z';
      const pages = {
        report: fleetReportHtml(fleetReport(RECORD, now)),
        run: runPage(RECORD.run, RECORD.units, now, { token: 't', by: 'ana' }),
      };
      for (const { width, colorScheme } of SCREENS) {
        for (const [name, html] of Object.entries(pages)) {
          const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, offline: true });
          const requests: string[] = [];
          const page = await context.newPage();
          page.on('request', (request) => requests.push(request.url()));
          await page.setContent(html);
          const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
          expect({ name, requests, fits: wide <= width }).toEqual({ name, requests: [], fits: true });
          await context.close();
        }
      }
    });

    it('the page that is served approves by a button, and not by Enter', async () => {
      const { openBrowser } = await import('../graph/browser.js');
      const browser = await openBrowser();
      onTestFinished(() => browser.close());
      const { client } = anEngine();
      await client.start({
        run: 'r1',
        goal: 'apply',
        specs: [],
        accounts: [],
        waves: [{ name: 'all', specs: [], approval: true }],
      });
      const server = await serveUi({ client, port: 0, by: 'ana' });
      onTestFinished(() => server.close());
      const page = await browser.newPage();
      await page.goto(server.url);
      await page.getByRole('link', { name: 'r1' }).click();
      await page.getByLabel('Reason').fill('fine');
      await page.keyboard.press('Enter');
      expect((await client.status('r1')).approvals[0]?.answer).toBeUndefined();
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('approved by ana').waitFor();
      expect((await client.status('r1')).approvals[0]?.answer).toMatchObject({ approved: true, by: 'ana' });
    });
  },
);
