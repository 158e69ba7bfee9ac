import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readSamples } from '../samples/read-samples.mjs';
import { decodeHash, encodeHash, MOST_HASH, MOST_INFLATED } from '../src/hash.js';
import { stateOf, type Sample } from '../src/state.js';

const samples = readSamples();
const [first] = samples as readonly [Sample, ...Sample[]];
const packed = (text: string | Uint8Array): string => `#v1=${deflateRawSync(text).toString('base64url')}`;

describe('a link to the playground', () => {
  it('has all of a state; of a sample that was not changed, little', async () => {
    const state = { ...stateOf(first), action: 'plan' as const, spec: 'version: 1 # ü, 中文, 😀\n', bits: '28' };
    expect(await decodeHash((await encodeHash(state, samples)) ?? '', samples)).toEqual(state);
    expect((await encodeHash(stateOf(first), samples))?.length).toBeLessThan(60);
  });

  it('is not made of an input that is too large', async () => {
    let seed = 7;
    const next = () => (seed = (seed * 48_271) % 2_147_483_647);
    const noise = String.fromCodePoint(...Array.from({ length: 100_000 }, () => 33 + (next() % 90)));
    expect(await encodeHash({ ...stateOf(first), spec: noise }, samples)).toBeUndefined();
    expect(await encodeHash({ ...stateOf(first), spec: 'x'.repeat(MOST_INFLATED) }, samples)).toBeUndefined();
  });

  it.each([
    ['of another version', '#v2=abc', 'of version v2'],
    ['that is not base64url', '#v1=a+b/c==', 'damaged'],
    ['that is empty', '#v1=', 'damaged'],
    ['that is not deflated', '#v1=AAAA', 'damaged'],
    ['that is cut', packed('{"sample":"blocked","spec":"version: 1"}').slice(0, 20), 'damaged'],
    ['with bytes that are not UTF-8', packed(Uint8Array.of(0xff, 0xfe)), 'damaged'],
    ['that is not JSON', packed('<script>'), 'damaged'],
    ['of another form', packed('[1]'), undefined],
    ['with a number as spec', packed('{"spec":1}'), 'damaged'],
    ['that inflates to a gigabyte', bomb(), 'more than 256 kB'],
    ['that is too long', `#v1=${'A'.repeat(MOST_HASH)}`, 'longer'],
  ])('%s is refused with a sentence, or has the sample', async (_, hash, because) => {
    const read = decodeHash(hash, samples);
    if (because === undefined) expect(await read).toEqual(stateOf(first));
    else await expect(read).rejects.toThrow(because);
  });

  it('takes members of the expected names only, and no prototype', async () => {
    const state = await decodeHash(
      packed('{"__proto__":{"spec":"a"},"action":"eval","bits":"9","other":"b"}'),
      samples,
    );
    expect(state).toEqual({ ...stateOf(first), bits: '9' });
  });

  it('leaves other hashes to the page', async () => {
    expect(await decodeHash('#limits', samples)).toBeUndefined();
  });
});

/** Ten million zeros deflate to ten kilobytes. */
function bomb(): string {
  return packed(new Uint8Array(10_000_000));
}
