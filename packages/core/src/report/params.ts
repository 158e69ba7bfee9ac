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
