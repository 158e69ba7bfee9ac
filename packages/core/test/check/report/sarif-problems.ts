import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

/**
 * The schema of OASIS, unchanged except for the two members with other names in draft 4 than in draft 7.
 * @see https://github.com/oasis-tcs/sarif-spec/blob/main/sarif-2.1/schema/sarif-schema-2.1.0.json
 */
function compiled(): ValidateFunction {
  const text = readFileSync(new URL('sarif-schema-2.1.0.json', import.meta.url), 'utf8');
  const { id, $schema: _, ...rest } = JSON.parse(text) as { id: string; $schema: string };
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajv.addFormat('uri', (uri: string) => /^[a-z][a-z0-9+.-]*:[^\s\\"<>^`{|}]*$/i.test(uri));
  ajv.addFormat('uri-reference', (uri: string) => /^[^\s\\"<>^`{|}]*$/.test(uri) && !/%(?![0-9A-F]{2})/i.test(uri));
  ajv.addFormat('date-time', (date: string) => !Number.isNaN(Date.parse(date)));
  return ajv.compile({ ...rest, $id: id });
}

const validate = compiled();

/** What the schema of SARIF finds wrong with a log. */
export const sarifProblems = (log: unknown): readonly unknown[] => (validate(log) ? [] : (validate.errors ?? []));
