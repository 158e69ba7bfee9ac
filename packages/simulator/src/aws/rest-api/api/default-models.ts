import type { Model } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';

const SCHEMA = 'http://json-schema.org/draft-04/schema#';

/** The models that every new API has, by name. */
export function defaultModels(call: AwsCall): Map<string, Model> {
  const model = (name: string, schema: object): [string, Model] => [
    name,
    {
      id: call.id('', 6, 'base36'),
      name,
      description: `This is a default ${name.toLowerCase()} schema model`,
      contentType: 'application/json',
      schema: JSON.stringify({ $schema: SCHEMA, title: `${name} Schema`, type: 'object', ...schema }, undefined, 2),
    },
  ];
  return new Map([model('Empty', {}), model('Error', { properties: { message: { type: 'string' } } })]);
}
