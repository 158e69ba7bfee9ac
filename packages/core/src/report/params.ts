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
 * Calls `see` with the texts and numbers of params and their paths; booleans count as texts, since sentences
 * differ by them. Reports read the params of thousands of findings, so no list is made.
 */
export function eachText(params: Params, see: (path: string, text: string) => void): void {
  for (const [name, value] of Object.entries(params)) walk(name, value, see);
}

function walk(path: string, value: Param, see: (path: string, text: string) => void): void {
  if (value === undefined) return;
  if (typeof value !== 'object') see(path, String(value));
  else for (const [key, one] of Object.entries(value)) walk(`${path}.${key}`, one, see);
}
