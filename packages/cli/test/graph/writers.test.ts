import fc from 'fast-check';
import { instance } from '@viz-js/viz';
import { describe, expect, it } from 'vitest';
import { dotOf, graphHtml, mermaidOf, styledSvg, type Graph } from '@postern/core/graph';
import { runs } from '../../../core/test/runs.js';

const MARKUP = `<script>alert("1")</script>&amp;\\N\\G"];x->y[label="`;
const CONTROL = '\u001b[31m\u0000\u202e\nline';

const graphOf = (label: string): Graph => ({
  title: label,
  nodes: [
    { id: 'a', kind: 'gateway', label },
    { id: 'b', kind: 'target', label: 'b', detail: label, mark: 'fail', note: label },
  ],
  edges: [{ from: 'a', to: 'b', label, mark: 'fail' }],
});

/** What a reader of an SVG sees. */
function shownIn(svg: string): string {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)]
    .map(([, text = '']) => text)
    .join('\n')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('names with markup and control characters', () => {
  it('are shown as they are in an SVG, and never read', async () => {
    const svg = styledSvg((await instance()).renderString(dotOf(graphOf(MARKUP)), { format: 'svg' }));
    expect(svg).not.toContain('<script');
    expect(shownIn(svg)).toContain(MARKUP.slice(0, 40));
    expect(svg.match(/class="edge/g)).toHaveLength(1);
  });

  it('are escaped in HTML and Mermaid', () => {
    expect(graphHtml({ title: MARKUP }, '')).not.toContain('<script');
    const lines = mermaidOf(graphOf(MARKUP)).split('\n');
    for (const line of lines.filter((one) => !one.startsWith('%%'))) {
      expect(line).not.toMatch(/<script|"\];|alert\(/);
      expect(line.split('"').length % 2).toBe(1);
    }
  });

  it.each([
    ['DOT', dotOf],
    ['Mermaid', mermaidOf],
  ])('are visible in %s where they control a terminal', (_, write) => {
    const text = write(graphOf(CONTROL));
    expect(text).not.toMatch(/[\u0000\u001b\u202e]/); // oxlint-disable-line no-control-regex -- they are what it looks for
    expect(write === dotOf ? text : text.replaceAll('#92;', '\\')).toContain('x1b');
  });

  // A new instance for each, as in a command: after some labels Graphviz fails on an empty one in the next picture.
  it('of any kind are laid out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (label) => {
        const { errors } = (await instance()).render(dotOf(graphOf(label)), { format: 'svg' });
        expect(errors.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: runs(6, 60) },
    );
  });
});

it('tells marks apart by signs and lines, with a legend', () => {
  const dot = dotOf(graphOf('x'));
  expect(dot).toContain('label="✗ b\\nx\\nx"');
  expect(dot).toContain('style="dashed,bold"');
  expect(dot).toContain('✗ blocked');
});
