import { describe, expect, it } from 'vitest';
import { readSamples } from '../samples/read-samples.mjs';
import { answer, type Answer } from '../src/answer.js';
import { LIMITS } from '../src/limits.js';
import { ACTIONS, type Action, type Sample } from '../src/state.js';

const samples = readSamples();
const named = (id: string): Sample => samples.find((one) => one.id === id)!;
const ask = (id: string, change: Partial<Sample> = {}) => answer({ ...named(id), now: 0, ...change });
const textOf = ({ lines }: Answer): string => lines.map((line) => line.map(({ text }) => text).join('')).join('\n');

describe('what the worker answers', () => {
  it.each<[id: string, sentence: RegExp, text: readonly string[], place: string | undefined]>([
    ['blocked', /1 error,/, ['path/security-group', 'tcp 80 from 10.0.1.0/24'], 'error orders: { listener'],
    ['conflict', /1 error/, ['cidr/instance-block', 'Write instanceCidr: 192.168.0.0/16'], 'error cn:'],
    [
      'upgrade',
      /^Plan: 1 to replace, 2 to change/,
      ['vpc-link-v1, not vpc-link-v2', 'a new link replaces it'],
      undefined,
    ],
    ['group', /1 error/, ['gateway/on-link', 'GET /legacy'], 'error orders:'],
    ['costs', /^Advise: 1 of 6 options fits/, ['USD 176.52 a month', 'over the budget'], undefined],
    ['cidr', /^CIDR: 2 overlaps in 7 blocks, which merge to 2\.$/, ['10.20.16.0/22 is free'], 'warning 10.20.0.0/24'],
  ])('the sample %s shows what it says', async (id, sentence, text, place) => {
    const answered = await ask(id);
    expect(answered.sentence).toMatch(sentence);
    for (const one of text) expect(textOf(answered)).toContain(one);
    const marked = answered.marks.map(({ of, line, column, severity }) => {
      const written = named(id)[of].split('\n')[line - 1] ?? '';
      return `${severity} ${written.slice(column - 1)}`;
    });
    if (place !== undefined) expect(marked).toContainEqual(expect.stringContaining(place));
  });

  it('marks a finding about a link once, where two integrations use the link', async () => {
    const { spec } = named('conflict');
    const [, one = ''] = spec.split('integrations:\n');
    const { marks } = await ask('conflict', { spec: spec + one.replaceAll('orders', 'more') });
    const conflict = marks.filter(({ message }) => message.startsWith('cidr/instance-block:'));
    expect(conflict.map(({ line }) => spec.split('\n')[line - 1])).toEqual(['  cn:']);
  });

  it.each(ACTIONS.filter((one) => one !== 'cidr'))('%s answers for each sample of a spec', async (action) => {
    for (const id of ['blocked', 'conflict', 'upgrade', 'group']) {
      const answered = await ask(id, { action });
      const isRefused = action === 'plan' && ['conflict', 'group'].includes(id);
      expect.soft([id, answered.tone === 'invalid'], answered.sentence).toEqual([id, isRefused]);
    }
  });

  it('shows each hop of a path up to the one that stops a call', async () => {
    expect(textOf(await ask('blocked', { action: 'explain' }))).toMatch(/✓ route .*\n.*\n?.*✗ security group in/);
  });

  it.each<[what: string, change: Partial<Sample>, of: string, line: number | undefined, text: string]>([
    ['an unknown key', { spec: 'version: 1\nproject: a\nspec: a\nlink: {}\n' }, 'spec', 4, 'Did you mean links?'],
    ['text that is not YAML', { spec: 'version: 1\nlinks: [\n' }, 'spec', 3, ''],
    ['a snapshot that is not JSON', { snapshot: '{\n"version": 1,,' }, 'snapshot', 2, ''],
    ['another file as snapshot', { snapshot: '{ "a": 1 }' }, 'snapshot', undefined, 'not a Postern snapshot'],
    ['a line that is not a block', { action: 'cidr', blocks: '10.0.0.0/8\n10.0.0.1/8' }, 'blocks', 2, '10.0.0.0/8'],
  ])('%s is marked at its place, with a remedy', async (_, change, of, line, text) => {
    const answered = await ask('blocked', change);
    expect(answered.tone).toBe('invalid');
    expect(textOf(answered)).toContain('→');
    expect(textOf(answered)).toContain(text);
    if (line !== undefined) expect(answered.marks[0]).toMatchObject({ of, line, severity: 'error' });
  });

  it.each<[Action, Partial<Sample>, RegExp]>([
    [
      'check',
      { spec: `project: ${'a'.repeat(5 * 1024 * 1024)}` },
      /^The spec has 5\.0 MB, and the playground reads at most 256 kB/,
    ],
    ['plan', { snapshot: ' '.repeat(LIMITS.snapshot + 1) }, /^The snapshot has 4\.0 MB/],
    ['check', { snapshot: '' }, /^Check needs a snapshot/],
    ['check', { spec: '[[[['.repeat(20_000) }, /^The spec has 1 problem/],
  ])('%s refuses what it cannot read with one sentence', async (action, change, sentence) => {
    expect((await ask('blocked', { ...change, action })).sentence).toMatch(sentence);
  });

  it('draws each box and each edge once', async () => {
    const { svg = '' } = await ask('upgrade', { action: 'graph' });
    expect([svg.match(/class="node/g)?.length, svg.match(/class="edge/g)?.length]).toEqual([10, 10]);
  });
});
