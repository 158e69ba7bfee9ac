import type { Param, Params } from '../findings/finding.js';

/** All texts and numbers of params, however deep, as texts. */
export function valuesOf(params: Params): readonly string[] {
  return Object.values(params).flatMap(scalars);
}

function scalars(value: Param): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object') return [];
  return Object.values(value).flatMap(scalars);
}

/**
 * The texts and numbers of params with their paths; booleans count as texts, since sentences differ by them.
 */
export function textsIn(params: Params): readonly (readonly [string, string])[] {
  return Object.entries(params).flatMap(([name, value]) => placed(name, value));
}

function placed(name: string, value: Param): readonly (readonly [string, string])[] {
  if (value === undefined) return [];
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, one]) => placed(`${name}.${key}`, one));
}
