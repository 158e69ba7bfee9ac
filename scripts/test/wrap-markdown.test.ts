import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { longLines, wrapMarkdown } from '../wrap-markdown.mjs';

const words = (count: number): string => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');

describe('wrapMarkdown', () => {
  it('wraps prose and list items, with their indent, and keeps every word', () => {
    const page = `# Title\n\n${words(40)}\n\n- ${words(30)}\n  ${words(5)}\n- short\n`;
    const wrapped: string = wrapMarkdown(page);
    expect(longLines(wrapped)).toEqual([]);
    expect(wrapped.split(/\s+/)).toEqual(page.split(/\s+/));
    expect(wrapped).toMatch(/\n- word0 [^\n]+\n  word/);
    expect(wrapMarkdown(wrapped)).toBe(wrapped);
  });

  it.each([
    ['a fence', `\`\`\`\n${words(40)}\n\`\`\``],
    ['a table', `| a | b |\n| --- | --- |\n| ${words(40)} | x |`],
    ['a heading', `# ${words(40)}`],
    ['lines that are short already', 'one\ntwo\nthree'],
  ])('does not change %s', (_, page) => {
    expect(wrapMarkdown(page)).toBe(page);
  });

  it('breaks neither code nor links', () => {
    const page = `${words(18)} \`postern check --snapshot now.json\` [a page with a name](docs/page.md) ${words(18)}`;
    const wrapped: string = wrapMarkdown(page);
    expect(wrapped).toContain('`postern check --snapshot now.json`');
    expect(wrapped).toContain('[a page with a name](docs/page.md)');
  });
});
