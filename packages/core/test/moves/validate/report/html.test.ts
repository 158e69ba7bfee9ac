import { CLOUDS } from '../../../clouds.js';
import { describe, expect, it } from 'vitest';
import { migrationHtml } from '../../../../src/moves/validate/report/html.js';
import { validateMigration } from '../../../../src/moves/validate/validate.js';
import type { World } from '../../../check/checks/world.js';
import { ASSUME, migrationWorld, MOVE } from '../world.js';
import { edit } from '../../../check/checks/edits.js';

const reportOf = (change?: (world: World) => void) =>
  validateMigration(migrationWorld(change).snapshot, MOVE, { clouds: CLOUDS, assume: ASSUME, passes: false });

/** A migration that may proceed, and one that must not. */
const GOES = { what: 'fine → next', report: reportOf() };
const STAYS = {
  what: 'shop → next',
  report: reportOf(
    edit({
      'links.apigateway-hz-2.subnetIds': ['vsw-i'],
      'listeners.lb-1/http:80.accessControl': { kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.1.0/24'] },
    }),
  ),
};

/** The elements of a page, in order, with their text. */
function elements(page: string, tag: string): readonly string[] {
  return [...page.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, 'gs'))].map(([, body = '']) =>
    body.replaceAll(/<[^>]+>/g, ''),
  );
}

describe('the page of several migrations', () => {
  const page = migrationHtml([GOES, STAYS], 'Here');

  it('lists what may move, in its order, separately from what must not', () => {
    const [, nav = ''] = /<nav>(.*?)<\/nav>/s.exec(page) ?? [];
    expect(nav).toMatch(
      /^<p class="go">✓ May move, in this order:<\/p><ol><li><a href="#m1">fine → next<\/a><\/li><\/ol>/,
    );
    expect(nav).toMatch(
      /<p class="stop">✗ Must not move:<\/p><ul><li><a href="#m2">shop → next<\/a>: <span class="stop">/,
    );
    expect(elements(nav, 'li')).toHaveLength(2);
  });

  it('shows "none" where none may move, and no second list where all may move', () => {
    expect(migrationHtml([STAYS, STAYS], 'Here')).toContain('May move, in this order:</p><p>none</p>');
    expect(migrationHtml([GOES, GOES], 'Here')).not.toContain('Must not move');
  });

  it('has a heading for each, above those of its parts', () => {
    expect(elements(page, 'h2')).toEqual(['fine → next', 'shop → next']);
    expect(new Set(elements(page, 'h3'))).toEqual(
      new Set(['Findings', 'Where calls come from', 'To change where a tool declares it']),
    );
    const alone = migrationHtml([STAYS], 'Here');
    expect(elements(alone, 'h1')).toEqual(['Migration of shop → next']);
    expect(elements(alone, 'h2')).toEqual(['Findings', 'Where calls come from', 'To change where a tool declares it']);
    expect(elements(alone, 'h3')).toEqual([]);
  });
});

describe('the page of a migration', () => {
  const page = migrationHtml([STAYS], 'Here');

  it('has folded content beside its summary, so that it is printed whether open or not', () => {
    expect(page.match(/<details><summary>[^<]+<\/summary><\/details><div class="more">/g)?.length).toBe(
      page.match(/<details/g)?.length,
    );
    expect(page).toContain('@media screen { details:not([open]) + .more { display: none; } }');
    expect(page).not.toMatch(/@media print \{[^@]*\.more/);
  });

  it('breaks no address, and allows line breaks everywhere else', () => {
    const cells = [...page.matchAll(/<td data-is="(?:Now|Then)"><div>(.*?)<\/div>/g)].map(([, cell]) => cell ?? '');
    expect(cells).toContain('<span class="at">10.0.3.0/24</span>');
    for (const cell of cells) expect(cell.replaceAll(/<span class="at">[\d./]+<\/span>|<br>/g, '')).toBe('');
    expect(page.match(/nowrap/g)).toHaveLength(1);
  });

  it('labels each cell, for screens that are too narrow for columns', () => {
    const rows = page.match(/<tr><td.*?<\/tr>/gs) ?? [];
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      const is = [...row.matchAll(/data-is="([^"]+)"/g)].map(([, title]) => title);
      expect(is).toEqual(
        row.includes('"Tool"')
          ? ['Tool', 'Resource', 'Edit, together with the move']
          : ['Backend', 'Now', 'Then', 'To add before the move'],
      );
    }
  });

  it('shows names with markup as text, and still marks addresses', () => {
    const odd = reportOf(
      edit({
        'links.apigateway-hz-2.name': '<img src=x onerror=alert(1)>',
        'gateways.group-1.name': '</title><script>alert("10.0.0.1")</script>',
      }),
    );
    const shown = migrationHtml([{ what: '<b>10.0.0.1</b>', report: odd }], '<i>');
    expect(shown).not.toMatch(/<(?:script|img|b|i)\b/);
    expect(shown).toContain('&lt;b&gt;<span class="at">10.0.0.1</span>&lt;/b&gt;');
  });
});
