import { required, type Parameter } from '../../operation/operation.js';

export const text: Parameter = { type: 'string' };
export const neededText = required(text);
export const whole: Parameter = { type: 'integer' };
export const flag: Parameter = { type: 'boolean' };
export const texts: Parameter = { type: 'list', items: text };

/** One of a few words. */
export function oneOf(...values: readonly string[]): Parameter {
  return { type: 'string', values };
}

/** A list of structures: `Entry.1.Cidr`. */
export function listOf(members: Readonly<Record<string, Parameter>>, most?: number): Parameter {
  const list: Parameter = { type: 'list', items: { type: 'structure', members } };
  return most === undefined ? list : { ...list, length: [0, most] };
}

/** At most 64 ASCII characters. @see https://www.alibabacloud.com/help/en/ecs/developer-reference/how-to-ensure-idempotence */
export const clientToken: Parameter = { type: 'string', length: [0, 64], pattern: /^[\x20-\x7e]*$/ };

/** `Tag.1.Key`, `Tag.1.Value`: at most 20. */
export const tags: Parameter = listOf({ Key: text, Value: text }, 20);

/** The parameters of lists with page numbers. */
export const PAGE: Readonly<Record<string, Parameter>> = { PageNumber: whole, PageSize: whole };

/** The parameters of lists with tokens. */
export const TOKENS: Readonly<Record<string, Parameter>> = { MaxResults: whole, NextToken: text };
