import { describe, expect, it } from 'vitest';
import { isPosternError, PosternError } from '../../../src/ground/errors.js';
import { parseJsonSpec, specFrom } from '../../../src/internal/spec-json.js';
import { cloud as aws } from '@postern/aws/cloud';
import { clouds, defineSpec, parseSpec, parseSpecs } from '../../../src/internal/spec.js';

const call =
  (of: unknown, ...args: readonly unknown[]) =>
  () =>
    (of as (...args: readonly unknown[]) => unknown)(...args);
const set = { clouds: clouds([]) };

describe('a program without types', () => {
  it.each([
    ['parseSpec(text)', call(parseSpec, 'version: 1'), 'clouds'],
    ['parseSpec(text, {})', call(parseSpec, 'version: 1', {}), 'clouds'],
    ['parseSpec()', call(parseSpec), 'text'],
    ['parseSpec of a value', call(parseSpec, { version: 1 }, set), 'text'],
    ['parseSpecs(texts)', call(parseSpecs, [{ text: 'version: 1' }]), 'clouds'],
    ['parseSpecs of a list without a text', call(parseSpecs, [{}], set), 'text'],
    ['parseJsonSpec(text)', call(parseJsonSpec, '{}'), 'clouds'],
    ['specFrom(value)', call(specFrom, {}), 'clouds'],
    ['specFrom()', call(specFrom), 'clouds'],
  ])('%s without an argument is INVALID_INPUT, and names it', (_, run, key) => {
    expect(run).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', details: { key } }));
  });

  it('a variable that is not quoted inside { } is answered with the quotes', () => {
    const text = 'version: 1\nintegrations:\n  orders:\n    gateway: { httpApi: ${env:API} }\n';
    expect(call(parseSpec, text, set)).toThrow(
      expect.objectContaining({
        code: 'INVALID_YAML',
        remedy: "Quote it, because it stands inside `{ }` or `[ ]`: '${env:API}'.",
      }),
    );
  });
});

it('a file that is no map is answered with what a spec is', () => {
  expect(call(parseSpec, 'hello world', set)).toThrow(
    expect.objectContaining({ code: 'INVALID_SPEC', remedy: expect.stringContaining('postern init') as string }),
  );
});

it('a region that its cloud cannot have is reported with the other errors', () => {
  const text =
    'version: 1\nprojct: shop\ndefaults: { region: eu-west1 }\nlinks:\n  main: { provider: aws, subnets: [subnet-1a] }\n';
  try {
    parseSpec(text, { clouds: clouds([aws]) });
  } catch (error) {
    if (!isPosternError(error)) throw error;
    const { problems } = error.details as { readonly problems: readonly { readonly place: { path?: string } }[] };
    expect(problems.map(({ place }) => place.path)).toContain('defaults.region');
    return;
  }
  throw new Error('the spec is accepted');
});

it('isPosternError with a code narrows the details', () => {
  const error: unknown = new PosternError('TOO_MANY_DELETIONS', 'x', {
    details: { deletions: ['a'], owned: 2, allowed: 0 },
  });
  if (!isPosternError(error, 'TOO_MANY_DELETIONS')) throw error;
  const deletions: readonly string[] | undefined = error.details?.deletions;
  // @ts-expect-error a number
  const owned: string | undefined = error.details?.owned;
  expect([deletions, owned, error.details?.['more']]).toEqual([['a'], 2, undefined]);
  if (!isPosternError(error)) return;
  const any: Readonly<Record<string, unknown>> | undefined = error.details;
  expect(any).toBe(error.details);
});

it('isPosternError with a code narrows the code', () => {
  try {
    defineSpec(undefined as never);
  } catch (error) {
    if (!isPosternError(error, 'INVALID_INPUT')) return;
    const code: 'INVALID_INPUT' = error.code;
    expect(code).toBe('INVALID_INPUT');
  }
});
