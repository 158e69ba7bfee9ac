import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { wrapMarkdown } from '../../../../../scripts/wrap-markdown.mjs';
import { OUTCOMES } from '../../../src/simulation/traffic/outcomes.js';
import { API_GROUP } from './api-group.js';
import { APIG_GATEWAY } from './apig-gateway.js';
import { HTTP_API } from './http-api.js';
import { outcomesPage } from './page.js';
import { REST_API } from './rest-api.js';
import type { OutcomeRow } from './row.js';
import { WEBSOCKET_API } from './web-socket-api.js';

const GATEWAYS = [HTTP_API, REST_API, WEBSOCKET_API, API_GROUP, APIG_GATEWAY];
const PAGE = fileURLToPath(new URL('../../../../../docs/outcomes.md', import.meta.url));

/** Without the IDs that differ between calls. */
const plain = (text: string): string =>
  text.replaceAll(/("(?:connectionId|requestId)":)"[^"]+"/g, '$1"<ID>"').replaceAll(/\b[0-9a-f]{32}\b/g, '<ID>');

describe.each(GATEWAYS)('$title', ({ rows }) => {
  it('has every outcome, or a reason why it has not', () => {
    expect([...new Set(rows.map(({ outcome }) => outcome))].toSorted()).toEqual([...OUTCOMES].toSorted());
  });

  it.each(rows.filter((row): row is OutcomeRow => 'call' in row))(
    '$outcome: $when',
    async ({ outcome, status, body, headers = {}, because: reason, afterMs = 0, call }) => {
      const { because = '', ...seen } = await call();
      const shown = Object.fromEntries(Object.keys(headers).map((name) => [name, seen.headers[name]]));
      expect({ ...seen, body: plain(seen.body), headers: shown }).toEqual({ outcome, status, body, headers, afterMs });
      if (reason) expect(because).toMatch(reason);
    },
  );
});

it('the page has these rows; POSTERN_WRITE_DOCS=1 writes it', () => {
  const wanted: string = wrapMarkdown(outcomesPage(GATEWAYS));
  if (process.env['POSTERN_WRITE_DOCS'] === '1') writeFileSync(PAGE, wanted);
  expect(readFileSync(PAGE, 'utf8'), 'run with POSTERN_WRITE_DOCS=1').toBe(wanted);
});
