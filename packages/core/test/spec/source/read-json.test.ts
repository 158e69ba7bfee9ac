import { CLOUDS, parseSpec } from '../../clouds.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PosternError } from '../../../src/ground/errors.js';
import { parseJsonSpec } from '../../../src/internal/spec-json.js';
import { sourcePlaceOf, placeOfText } from '../../../src/spec/source/places.js';
import { formatPath, type KeyPath, type Plain } from '../../../src/spec/source/source-node.js';
import { readJson } from '../../../src/spec/source/read-json.js';
import { readYaml } from '../../../src/spec/source/read-yaml.js';
import { PROVE } from '../../runs.js';

/** Every path of a value. */
function paths(value: Plain, path: KeyPath = []): KeyPath[] {
  if (value === null || typeof value !== 'object') return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((item, at) => paths(item, [...path, at]))
    : Object.entries(value).flatMap(([key, member]) => paths(member, [...path, key]));
  return [path, ...inner];
}

const text = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'a.b',
    'ANY /orders/{proxy+}',
    'constructor',
    'toString',
    '[0]',
    '"',
    '\\',
    'ä🚪',
    ': ',
    '- x',
    '#',
    'null',
    '1',
  ),
  fc.string({ maxLength: 8 }),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom(0.5, 1e21, 123_456_789_012)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('a spec in JSON', () => {
  it('has the same result as with the parser of YAML, with the same places', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, 2, '\t'), (given, indent) => {
        const source = JSON.stringify(given, undefined, indent);
        const [json, yaml] = [readJson(source, {}), attempt(() => readYaml(source, {}))];
        if (yaml === undefined) return; // some JSON is not YAML: tabs before values, long keys
        expect(json.value).toEqual(yaml.value);
        for (const path of paths(json.value)) {
          for (const part of ['key', 'value'] as const) {
            expect(sourcePlaceOf(json, 'f', path, part)).toEqual(sourcePlaceOf(yaml, 'f', path, part));
          }
          expect(placeOfText(json, 'f', formatPath(path))).toEqual(placeOfText(yaml, 'f', formatPath(path)));
        }
      }),
      { numRuns: PROVE ? 20_000 : 200 },
    );
  });

  it.each<[string, string, string]>([
    ['a duplicate key', '{"version":1,\n "a":1,"a":2}', 'INVALID_YAML 2:8'],
    ['a duplicate key, once escaped', '{"a":1,\n "\\u0061":2}', 'INVALID_YAML 2:2'],
    ['__proto__', '{"version":1,\n"x":{"__proto__":{}}}', 'INVALID_YAML 2:6'],
    ['a number that is not a double', '{"a": 1e400}', 'INVALID_YAML 1:7'],
    ['a number that loses precision', '{"a":\n9007199254740993}', 'INVALID_YAML 2:1'],
    ['one comma too many', '{"a": 1,}', 'INVALID_YAML 1:9'],
    ['a text that ends too early', '{"a": 1', 'INVALID_YAML 1:8'],
    ['nothing', '', 'INVALID_YAML 1:1'],
    ['YAML', 'version: 1', 'INVALID_YAML 1:1'],
    ['a NUL', '{"a": "\u0000"}', 'INVALID_YAML 1:8'],
    ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`, 'INPUT_TOO_LARGE 1:65'],
    ['a million levels', '['.repeat(1_000_000), 'INPUT_TOO_LARGE 1:65'],
    ['seventy million characters', `"${'x'.repeat(70_000_000)}"`, 'INPUT_TOO_LARGE 1:67108865'],
  ])('with %s is refused with its place', (_, source, expected) => {
    for (const read of [
      (given: string) => parseJsonSpec(given, { clouds: CLOUDS }),
      (given: string) => parseSpec(given, { json: true }),
    ]) {
      const error = attemptError(() => read(source));
      expect(`${error.code} ${String(error.place?.line)}:${String(error.place?.column)}`).toBe(expected);
    }
  });

  it('returns the places of its links', () => {
    const spec = parseJsonSpec(
      JSON.stringify(
        {
          version: 1,
          project: 'shop',
          spec: 'shop',
          links: { 'eu.1': { provider: 'aws', region: 'eu-west-1', id: 'abc' } },
        },
        undefined,
        2,
      ),
      { clouds: CLOUDS, file: 'postern.json' },
    );
    expect(spec.places?.('links.eu.1.id')).toEqual({
      file: 'postern.json',
      line: 9,
      column: 13,
      path: 'links.eu.1.id',
    });
  });
});

function attempt<T>(part: () => T): T | undefined {
  try {
    return part();
  } catch {
    return undefined;
  }
}

function attemptError(part: () => unknown): PosternError {
  try {
    part();
  } catch (error) {
    if (error instanceof PosternError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}
