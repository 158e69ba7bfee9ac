import { describe, expect, expectTypeOf, it } from 'vitest';
import { fail, pass, sayOf, undecided, unknown } from '../../src/do/findings/say.js';
import { fill, type Names, type Required } from '../../src/ground/text/template.js';

describe('a template', () => {
  it.each([
    ['{link} is in {zones}', { link: 'eu', zones: ['a', 'b'] }, 'eu is in a, b'],
    ['{zones:and}, {zones:or}, {zones:;}', { zones: ['a', 'b'] }, 'a and b, a or b, a; b'],
    ['listens on {ports|none}', { ports: [] }, 'listens on none'],
    ['listens on {ports|none}', { ports: [80, 443] }, 'listens on 80, 443'],
    ['because {reason|of nothing}', { reason: undefined }, 'because of nothing'],
    ['{n} {n?rule:rules}', { n: 1 }, '1 rule'],
    ['{n} {n?rule:rules}', { n: 2 }, '2 rules'],
    ['{zones?is:are}{isNew? new:}', { zones: ['a'], isNew: false }, 'is'],
    ['a block[, such as {free}]', { free: '10.0.0.0/24' }, 'a block, such as 10.0.0.0/24'],
    ['a block[, such as {free}]', { free: undefined }, 'a block'],
    ['a block[, such as {free:or}]', { free: [] }, 'a block'],
    ['[{a} and {b}]', { a: 'x', b: '' }, ''],
    ['[of {n} {n?link:links}]', { n: 2 }, 'of 2 links'],
    ['{zones:few}', { zones: ['a', 'b', 'c', 'd', 'e'] }, 'a, b, c and 2 more'],
    ['[such as {free}|none]', { free: '10.0.0.0/24' }, 'such as 10.0.0.0/24'],
    ['[such as {free}|none of {zones|no zone}]', { free: [], zones: [] }, 'none of no zone'],
    ['[if isNew: create {link}|keep {link}]', { isNew: true, link: 'eu' }, 'create eu'],
    ['[if isNew: create {link}|keep {link}]', { isNew: false, link: 'eu' }, 'keep eu'],
    [
      '{link}[if state=failed: , which failed,|if state=pending:  (new)] is',
      { state: 'pending', link: 'eu' },
      'eu (new) is',
    ],
    ['{link}[if state=failed: , which failed,|if state=pending:  (new)] is', { state: 'ready', link: 'eu' }, 'eu is'],
    ['[if isNew: |no new {link}: old]', { isNew: true, link: 'eu' }, ''],
    ['$& {name}', { name: '$1 {link} $&' }, '$& $1 {link} $&'],
  ])('%s with %o', (template, values, sentence) => {
    expect(fill(template, values)).toBe(sentence);
  });

  it('is a list of texts of which the first applies', () => {
    const texts = ['if isNew: create {link}[ in {zone}]', 'move to {other}', 'keep {link}'];
    expect(fill(texts, { isNew: true, link: 'eu', zone: 'a' })).toBe('create eu in a');
    expect(fill(texts, { isNew: true, link: 'eu' })).toBe('create eu');
    expect(fill(texts, { other: 'us', link: 'eu' })).toBe('move to us');
    expect(fill(texts, { link: 'eu' })).toBe('keep eu');
  });

  it('has the names of its placeholders as a type', () => {
    type Sentence = '{a} {b:and} {c|none} {d?is:are}[, such as {e}][if f: x|if g=y: z {h}]';
    expectTypeOf<Names<Sentence>>().toEqualTypeOf<'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h'>();
    expectTypeOf<Required<Sentence>>().toEqualTypeOf<'a' | 'b'>();
  });
});

describe('the verdicts of a check', () => {
  const codes = {
    FITS: pass('{link} fits'),
    FULL: fail('{link} is full[: {reason}]', 'Empty {link}.', 'warning'),
    NOT_READ: unknown('{link} fits'),
    OPEN: undecided('{link} may fit', 'Measure {link}.', 'note'),
    OLD: fail(['if isNew: {link} is new', '{link} is of {year}'], ['if state=ready: Use {link}.', 'Wait.']),
  };
  const about = { subject: 'link eu' };
  const say = sayOf(codes, { passes: true });

  it('fill their sentences with params and with words, which are not published', () => {
    expect(say.FULL(about, { link: 'eu', reason: 'many' })).toEqual({
      ...about,
      verdict: 'fail',
      code: 'FULL',
      severity: 'warning',
      params: { link: 'eu', reason: 'many' },
      message: 'eu is full: many',
      remedy: 'Empty eu.',
      evidence: [],
    });
    const told = say.FULL(about, { link: 'eu' }, { words: { reason: 'age' }, severity: 'error' });
    expect(told).toMatchObject({ message: 'eu is full: age', params: { link: 'eu' }, severity: 'error' });
  });

  it('have lists of texts', () => {
    expect(say.OLD(about, { link: 'eu', isNew: false, state: 'ready', year: 2020 })).toMatchObject({
      message: 'eu is of 2020',
      remedy: 'Use eu.',
    });
    // @ts-expect-error `year` is missing
    say.OLD(about, { link: 'eu', isNew: true, state: 'ready' });
  });

  it('have the missing fact of an unknown as evidence and as a param', () => {
    const missing = { what: 'the link', permission: 'x:Read', remedy: 'Allow x:Read.' };
    expect(say.NOT_READ(about, { link: 'eu' }, missing)).toMatchObject({
      message: 'cannot determine whether eu fits: the link could not be read',
      remedy: 'Allow x:Read.',
      params: { missing: { what: 'the link', permission: 'x:Read' } },
      evidence: [{ kind: 'missing fact', id: 'x:Read' }],
    });
  });

  it('have a message and a remedy where they cannot be determined and no fact is missing', () => {
    expect(say.OPEN(about, { link: 'eu' }, undefined)).toEqual({
      ...about,
      verdict: 'unknown',
      code: 'OPEN',
      severity: 'note',
      params: { link: 'eu' },
      message: 'eu may fit',
      remedy: 'Measure eu.',
      evidence: [],
    });
  });

  it('make no sentence of a pass that is only counted', () => {
    expect(sayOf(codes, { passes: false }).FITS(about, { link: 'eu' })).toEqual({
      verdict: 'pass',
      subject: '',
      message: '',
      evidence: [],
    });
  });

  it('ask for each placeholder', () => {
    // @ts-expect-error `link` is missing
    say.FITS(about, {});
    // @ts-expect-error `reason` is missing
    say.FULL(about, { link: 'eu' });
    // @ts-expect-error there is no such code
    expect(say.EMPTY).toBeUndefined();
    // @ts-expect-error an unknown takes the missing fact
    say.NOT_READ(about, { link: 'eu' });
  });
});
