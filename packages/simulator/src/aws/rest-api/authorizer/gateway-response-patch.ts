import type { PatchRule, PatchTable, PatchWords } from '../patch.js';
import { withMember } from '../patch.js';
import { badRequest, notFound } from '../words.js';
import type { GatewayResponseRow } from '../state.js';

/** The sentences of UpdateGatewayResponse: one for a path that is unknown and for one that does not take the operation. */
export const RESPONSE_WORDS: PatchWords = {
  operationFirst: false,
  path: (_, path) => badRequest(`Invalid patch path ${path}`),
  operation: (_, path) => badRequest(`Invalid patch path ${path}`),
};

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
export const RESPONSE_PATCH: PatchTable<GatewayResponseRow> = {
  '/statusCode': {
    ops: ['replace'],
    apply: (row, { value = '' }) => {
      if (!/^[1-5]\d\d$/.test(value)) throw badRequest(`Invalid status code specified: ${value}`); // [U]
      return withMember(row, 'statusCode', value);
    },
  },
  '/responseParameters/{name}': entry('responseParameters'),
  '/responseTemplates/{type}': entry('responseTemplates'),
};

/** An entry of a map. Only one that exists can be replaced. */
function entry(name: 'responseParameters' | 'responseTemplates'): PatchRule<GatewayResponseRow> {
  return {
    ops: ['add', 'replace', 'remove'],
    apply: (row, { op, keys: [key = ''], value = '' }) => {
      const entries = row[name] ?? {};
      const { [key]: _, ...rest } = entries;
      if (op === 'remove') return withMember(row, name, rest);
      if (value === '') throw badRequest(`Invalid null or empty value in ${name}`);
      if (op === 'replace' && !Object.hasOwn(entries, key)) throw notFound('Invalid parameter name specified');
      return withMember(row, name, { ...rest, [key]: value });
    },
  };
}
