import * as z from 'zod';
import type { KeyForm, SpecKey } from '../../do/kinds/cloud/spec-keys.js';
import {
  cidrBlock,
  cloudName,
  hostName,
  id,
  lookUp,
  port,
  queriedId,
  say,
  strict,
  called,
  optional,
  required,
} from './fields.js';

const WORDS: Readonly<Record<Extract<KeyForm, string>, () => z.ZodType>> = {
  ID: () => id,
  'ID with a query': () => queriedId,
  'look-up': () => lookUp,
  'cloud name': () => cloudName,
  'CIDR block': () => cidrBlock,
  'IP address': () => called('IP address', z.string()),
  'host name': () => hostName,
  port: () => port,
  'true or false': () => z.boolean(),
};

/** The schema of what a key of a cloud takes. `cloud` is shown beside keys inside of it. */
export function formOf(form: KeyForm, cloud?: string): z.ZodType {
  if (typeof form === 'string') return WORDS[form]();
  if ('oneOf' in form) {
    const [first = '', ...others] = form.oneOf;
    return z.enum([first, ...others], { error: say(form.fault, form.remedy) });
  }
  if ('listOf' in form) return z.array(formOf(form.listOf, cloud)).min(1).max(form.most);
  if ('keys' in form) return strict(fieldsOf(form.keys, cloud));

  return called(form.called, z.union(form.eitherOf.map((one) => formOf(one, cloud))));
}

/** The schema of keys of a cloud: those that say what holds without them may be left out. */
export function fieldsOf(keys: Readonly<Record<string, SpecKey>>, cloud?: string): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(keys).map(([key, { form, about, examples, absent }]) => {
      const add = absent === undefined ? required : optional;
      return [key, add(formOf(form, cloud), about, { examples, absent, cloud })];
    }),
  );
}
