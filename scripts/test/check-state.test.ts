import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { moduleState } from '../check-state.mjs';

describe('state of a module', () => {
  it.each([
    ['a weak map', 'const known = new WeakMap<object, string>();', [1]],
    ['a weak set in an object', 'const known = {\n  seen: new WeakSet(),\n};', [2]],
    ['an empty map', 'export const known = new Map<string, string>();', [1]],
    ['a static member', 'class A {\n  static readonly known = new Map();\n}', [2]],
    ['a table that is written', "const known = new Set(['a']);\nfunction f() {\n  known.add('b');\n}", [1]],
    ['a table', "const KINDS: ReadonlyMap<string, string> = new Map([['a', 'b']]);", []],
    ['a constant', 'const NONE: ReadonlyMap<string, string> = new Map();', []],
    ['what a function makes', 'const known = () => new Map();\nfunction f() {\n  return new WeakMap();\n}', []],
    ['a member of an instance', 'class A {\n  readonly #known = new Map();\n}', []],
  ])('%s', (_, text, lines) => {
    expect(moduleState(text)).toEqual(lines);
  });
});
