import fc from 'fast-check';
import { marked, type Token, type Tokens } from 'marked';
import { expect, it } from 'vitest';
import { displayText } from '../../../src/ground/text/display.js';
import { reportMarkdown } from '../../../src/check/report/markdown.js';
import { markdownText } from '../../../src/ground/text/document-markdown.js';
import { finding, FULL, hostileReport, hostileText, report, RUNS } from './sample.js';

function tokens(text: string): readonly Token[] {
  const all: Token[] = [];
  marked.walkTokens(marked.lexer(text, { gfm: true }), (token) => void all.push(token));
  return all;
}

it('contains the findings of a report', () => {
  const text = reportMarkdown(FULL);
  expect(text).toContain('## Postern: 1 error, 1 warning, 1 note, 1 unknown, 1 suppressed, 1 passed\n');
  expect(text).toContain('### orders\n\n- ❌ `path/reach` link eu → target orders');
  const html = marked.parse(text, { gfm: true }) as string;
  expect(html).toContain(
    'link eu → target orders (10.20.1.7:443): … ✓ network ACL out · ✗ route: no route leads to 10.20.1.7 [rtb-1: 10.20.0.0/16 → pcx-1 (blackhole)]',
  );
  expect(html).toContain('<h3>Suppressed</h3>');
  expect(html).toContain('link eu → target old (10.20.1.8:443) of orders: known, until 2026-12-31');
  expect(html).toContain('assume.returnPaths[0]: 192.168.0.0/16 sends answers back');
});

it('links only checks, to the documentation where it has an address', () => {
  const links = tokens(reportMarkdown(FULL, { docs: 'https://docs.example/checks_(1).md' })).filter(
    ({ type }) => type === 'link',
  ) as Tokens.Link[];
  expect(new Set(links.map(({ href }) => href))).toEqual(
    new Set(
      ['single-zone', 'reach', 'health', 'retiring'].map(
        (name) =>
          `https://docs.example/checks_%281%29.md#${{ 'single-zone': 'link', reach: 'path', health: 'target', retiring: 'link' }[name] ?? ''}${name}`,
      ),
    ),
  );
});

it('whatever the names, there is no link, no image and no tag', () => {
  fc.assert(
    fc.property(hostileReport(), (one) => {
      const found = tokens(reportMarkdown(one)).filter(({ type }) =>
        ['link', 'image', 'html', 'def', 'table', 'code', 'blockquote'].includes(type),
      );
      expect(found).toEqual([]);
    }),
    RUNS,
  );
});

it('rendered text is the shown text', () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const html = marked.parse(`- x: ${markdownText(text)}`, { gfm: true }) as string;
      const shown = html
        .replace(/<\/?(?:ul|li|code)>\n?/g, '')
        .replace(
          /&(lt|gt|quot|amp|#39);/g,
          (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" })[name] ?? '',
        );
      expect(shown.trim()).toBe(`x: ${displayText(text)}`.trim());
    }),
    RUNS,
  );
});

it('mentions no user', () => {
  expect(markdownText('@everyone, me@example.test')).toBe('`@`everyone, me`@`example.test');
});

it('leaves IDs, blocks and sentences as they are', () => {
  const text = 'route ANY /orders: 10.10.1.0/24 (subnet-06aa4af2) is not allowed by sg-1, aws_lb.a; see _i-1 - and 2.';
  expect(markdownText(text)).toBe(text.replace('_i', '\\_i').replace(' - ', ' \\- '));
});

it('of many findings is short enough for a comment', () => {
  const many = Array.from({ length: 5000 }, (_, at) =>
    finding({ message: `m ${at.toString(2).replaceAll('0', 'a').replaceAll('1', 'b')}`, evidence: [] }),
  );
  expect(reportMarkdown(report(many)).length).toBeLessThan(65_536);
  expect(reportMarkdown(report(many))).toContain('Shown are 200 of 5000 findings; 4800 more are not');
});
