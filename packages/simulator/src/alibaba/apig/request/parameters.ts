import { required, type Parameter } from '../../operation/operation.js';

export const text: Parameter = { type: 'string' };
export const neededText = required({ type: 'string', length: [1, 4_096] });
export const whole: Parameter = { type: 'integer' };
export const flag: Parameter = { type: 'boolean' };
/** Any JSON, which is kept as it is. */
export const anything: Parameter = { type: 'json' };
export const texts: Parameter = { type: 'list', items: text };
export const neededTexts = required({ ...texts, length: [1, 100] });

export const structure = (members: Readonly<Record<string, Parameter>>): Parameter => ({ type: 'structure', members });
export const listOf = (members: Readonly<Record<string, Parameter>>): Parameter => ({
  type: 'list',
  items: structure(members),
});
export const oneOf = (...values: readonly string[]): Parameter => ({ type: 'string', values });

export const PAGE: Readonly<Record<string, Parameter>> = { pageNumber: whole, pageSize: whole };
export const clientToken: Parameter = { type: 'string', length: [0, 64] };
/** In a list of the query it is one JSON text. */
export const tags: Parameter = listOf({ key: text, value: text, Key: text, Value: text });
