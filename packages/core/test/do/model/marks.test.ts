import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../runs.js';
import { expectCpuBelow } from '../../cpu-time.js';
import { isName } from '../../../src/do/forms/text-rules.js';
import { formatMark, ownerFromTags, ownerTags, parseMark } from '../../../src/do/model/marks.js';
import type { Owner } from '../../../src/do/model/owner.js';

const arbName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/).filter(isName);
const arbOwner: fc.Arbitrary<{ -readonly [K in keyof Owner]: Owner[K] }> = fc.record(
  {
    project: arbName,
    spec: fc.stringMatching(/^[a-z0-9]{1,32}$/),
    integration: arbName,
    name: arbName,
    specHash: fc.stringMatching(/^[0-9a-f]{16}$/),
  },
  { requiredKeys: ['project', 'spec', 'integration'] },
);

describe('ownerTags', () => {
  it('are read back as written', () => {
    fc.assert(
      fc.property(arbOwner, (owner) => {
        expect(ownerFromTags(ownerTags(owner))).toEqual(owner);
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it.each<[Record<string, string>, string]>([
    [{}, 'no tags'],
    [{ 'postern:project': 'shop' }, 'the integration is missing'],
    [{ 'postern:project': 'shop', 'postern:integration': '' }, 'an empty name'],
    [{ 'postern:project': 'shop ', 'postern:integration': 'orders' }, 'a blank in a name'],
    [{ 'postern:project': 'shop', 'postern:integration': 'a/b' }, 'a separator in a name'],
    [{ 'postern:project': 'shop', 'postern:integration': 'a', 'postern:name': '../x' }, 'a malformed part'],
  ])('%j has no owner: %s', (tags) => {
    expect(ownerFromTags(tags)).toBeUndefined();
  });

  it('treats a malformed hash as missing', () => {
    const tags = { 'postern:project': 'shop', 'postern:integration': 'orders', 'postern:spec': 'no hash!' };
    expect(ownerFromTags(tags)).toEqual({ project: 'shop', integration: 'orders' });
  });

  it('reads no inherited member as a tag', () => {
    const inherited = Object.create({ 'postern:project': 'shop', 'postern:integration': 'orders' });
    expect(ownerFromTags(inherited)).toBeUndefined();
  });
});

describe('mark', () => {
  it('is read back as written, without the hash', () => {
    fc.assert(
      fc.property(arbOwner, (whole) => {
        const owner = { ...whole };
        delete owner.specHash;
        expect(parseMark(formatMark(owner))).toEqual(owner);
        expect(parseMark(`  ${formatMark(owner)} note by hand`)).toEqual(owner);
        expect(formatMark(owner).length).toBeLessThanOrEqual(255);
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it.each([
    ['postern:shop', 'one part'],
    ['postern:shop@shop/', 'an empty part'],
    ['postern:shop/orders', 'no identity'],
    ['postern:shop@shop/orders/', 'an empty last part'],
    ['postern:shop@shop/orders/a/b', 'four parts'],
    ['Postern:shop/orders', 'another prefix'],
    ['see postern:shop@shop/orders', 'not at the start'],
    ['postern:shop@shop/orders,x', 'a character that is not valid in a name'],
    [`postern:${'a'.repeat(64)}/orders`, 'a name that is too long'],
    ['postern:__proto__/orders', 'a name that begins with an underscore'],
    ['postern:shop@shop/constructor', 'the name of an inherited member'],
    ['postern:sh\u043ep/orders', 'a Cyrillic look-alike'],
  ])('%s is not a mark: %s', (text) => {
    expect(parseMark(text)).toBeUndefined();
  });

  it('is undefined where there is no description', () => expect(parseMark(undefined)).toBeUndefined());

  it('is read in linear time, for any text', () => {
    const texts = [' '.repeat(65_536), `postern:${'a'.repeat(65_536)}`, 'postern:a/'.repeat(6_554)];
    expectCpuBelow(500, () => {
      for (const text of texts) expect(parseMark(text)).toBeUndefined();
    });
  });

  it.each(['', 'a b', 'ä', '__proto__', 'toString', 'a/b', 'a'.repeat(64), 'a\nb'])(
    'refuses to write %j',
    (project) => {
      const refused = expect.objectContaining({ code: 'INVALID_INPUT' });
      expect(() => formatMark({ project, integration: 'orders' })).toThrow(refused);
      expect(() => ownerTags({ project: 'shop', spec: 'shop', integration: project })).toThrow(refused);
    },
  );

  it('names of inherited members are not valid names', () => {
    for (const word of Object.getOwnPropertyNames(Object.prototype)) expect(isName(word)).toBe(false);
  });

  it('names are ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        // oxlint-disable-next-line no-control-regex
        if (isName(text)) expect(text).toMatch(/^[\x21-\x7e]+$/);
      }),
      { numRuns: runs(25, 100) },
    );
    expect(isName('shор')).toBe(false);
  });
});
