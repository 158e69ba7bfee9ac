import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { expressionsIn, goesBackOn } from '../check-expressions.mjs';

describe('goesBackOn', () => {
  it.each([
    /^(a+)+$/,
    /^(?:[a-z0-9]{1,63}\.?)+$/,
    /(?:a|a)*b/,
    /(?:a*)*b/,
    /^a(?:(?:b+)+c)?/,
    /\s+$/,
    /\$\{([^}]+)\}/,
    /"(?:[^"\\]|\\[^])*"/g,
    /\s*\n\s*/g,
    /^(.+)\/(.*)$/,
    /^\s*(.*?)\s*$/,
    /(?=a*)b/,
    /^.*x.*y.*z/,
    /x.{0,9999}y/,
  ])('%s does', (one) => {
    const word = goesBackOn(one.source, one.flags);
    expect(word).toEqual(expect.any(String));
  });

  it.each([
    /(?<!\s)\s+$/,
    /\$\{([^{}]+)\}/,
    /"(?:[^"\\]|\\[^])*"?/g,
    /\s+/g,
    /,\s*/,
    /^\d{1,3}(\.\d{1,3}){3}$/,
    /\bfoo\w+ bar/,
    /^(?=.*:)[0-9a-f:]+$/,
    /x[^]*$/,
    /x.*$/s,
    /[ab]+c/y,
    /^[a-z]+[0-9]+$/m,
    /x.{0,100}y/,
  ])('%s does not', (one) => {
    expect(goesBackOn(one.source, one.flags)).toBeUndefined();
  });

  // The word is an attack: the text of it takes more than twice as long where it is twice as long.
  it.each([/^(?:a+)+$/, /(?:a|a)*$(?<!a)/])('%s takes long on its word', (one) => {
    const word = goesBackOn(one.source, one.flags) ?? '';
    const ms = (count: number): number => {
      const before = process.cpuUsage();
      one.test(`${word.repeat(count)}\u0000`);
      return process.cpuUsage(before).user / 1_000;
    };
    const count = Math.floor(22 / word.length);
    expect(ms(count)).toBeGreaterThan(4 * ms(count / 2));
  });

  it('finds expressions, also of what only a run knows, and what is split by them', () => {
    const text = "a.split(/,b*/); new RegExp(`^${name}\\\\s+$`, 'i'); new RegExp(String.raw`\\d`);";
    expect(expressionsIn(text)).toEqual([
      { line: 1, pattern: ',b*', flags: '', isRepeated: true },
      { line: 1, pattern: '^\u0001\\s+$', flags: 'i', isRepeated: false },
      { line: 1, pattern: '\\d', flags: '', isRepeated: false },
    ]);
  });
});
